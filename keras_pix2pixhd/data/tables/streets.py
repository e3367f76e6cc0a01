"""The class tables of well-known data sets."""

from keras_pix2pixhd.data.class_table import ClassTable


def _table(rows, void_ids=()):
    """Ids count up from 0 in the order of `rows`: (name, r, g, b)."""
    return ClassTable(
        names=[row[0] for row in rows],
        ids=range(len(rows)),
        colors=[row[1:] for row in rows],
        void_ids=void_ids,
    )


# Its masks come as 0 / 255 PNG and as 0 / 1 palette GIF.
CARVANA = ClassTable(
    names=["background", "car"],
    ids=[0, (1, 255)],
    colors=[(0, 0, 0), (255, 255, 255)],
)

# The 32 colours of the original CamVid masks, in alphabetical order.
CAMVID = _table(
    [
        ("Animal", 64, 128, 64),
        ("Archway", 192, 0, 128),
        ("Bicyclist", 0, 128, 192),
        ("Bridge", 0, 128, 64),
        ("Building", 128, 0, 0),
        ("Car", 64, 0, 128),
        ("CartLuggagePram", 64, 0, 192),
        ("Child", 192, 128, 64),
        ("Column_Pole", 192, 192, 128),
        ("Fence", 64, 64, 128),
        ("LaneMkgsDriv", 128, 0, 192),
        ("LaneMkgsNonDriv", 192, 0, 64),
        ("Misc_Text", 128, 128, 64),
        ("MotorcycleScooter", 192, 0, 192),
        ("OtherMoving", 128, 64, 64),
        ("ParkingBlock", 64, 192, 128),
        ("Pedestrian", 64, 64, 0),
        ("Road", 128, 64, 128),
        ("RoadShoulder", 128, 128, 192),
        ("Sidewalk", 0, 0, 192),
        ("SignSymbol", 192, 128, 128),
        ("Sky", 128, 128, 128),
        ("SUVPickupTruck", 64, 128, 192),
        ("TrafficCone", 0, 0, 64),
        ("TrafficLight", 0, 64, 64),
        ("Train", 192, 64, 128),
        ("Tree", 128, 128, 0),
        ("Truck_Bus", 192, 128, 192),
        ("Tunnel", 64, 0, 64),
        ("VegetationMisc", 192, 192, 0),
        ("Void", 0, 0, 0),
        ("Wall", 64, 192, 0),
    ]
)

# The 11 classes of SegNet's CamVid, in the colours of the 32.
CAMVID11 = _table(
    [
        ("Sky", 128, 128, 128),
        ("Building", 128, 0, 0),
        ("Pole", 192, 192, 128),
        ("Road", 128, 64, 128),
        ("Pavement", 0, 0, 192),
        ("Tree", 128, 128, 0),
        ("SignSymbol", 192, 128, 128),
        ("Fence", 64, 64, 128),
        ("Car", 64, 0, 128),
        ("Pedestrian", 64, 64, 0),
        ("Bicyclist", 0, 128, 192),
    ],
    void_ids=[11],
)

# The label ids 0..34 that NVIDIA's weights expect. Published colours repeat:
# the n-th repeat of one has n added to its blue, so the five black classes
# are (0, 0, 0) to (0, 0, 4).
CITYSCAPES = _table(
    [
        ("unlabeled", 0, 0, 0),
        ("ego vehicle", 0, 0, 1),
        ("rectification border", 0, 0, 2),
        ("out of roi", 0, 0, 3),
        ("static", 0, 0, 4),
        ("dynamic", 111, 74, 0),
        ("ground", 81, 0, 81),
        ("road", 128, 64, 128),
        ("sidewalk", 244, 35, 232),
        ("parking", 250, 170, 160),
        ("rail track", 230, 150, 140),
        ("building", 70, 70, 70),
        ("wall", 102, 102, 156),
        ("fence", 190, 153, 153),
        ("guard rail", 180, 165, 180),
        ("bridge", 150, 100, 100),
        ("tunnel", 150, 120, 90),
        ("pole", 153, 153, 153),
        ("polegroup", 153, 153, 154),
        ("traffic light", 250, 170, 30),
        ("traffic sign", 220, 220, 0),
        ("vegetation", 107, 142, 35),
        ("terrain", 152, 251, 152),
        ("sky", 70, 130, 180),
        ("person", 220, 20, 60),
        ("rider", 255, 0, 0),
        ("car", 0, 0, 142),
        ("truck", 0, 0, 70),
        ("bus", 0, 60, 100),
        ("caravan", 0, 0, 90),
        ("trailer", 0, 0, 110),
        ("train", 0, 80, 100),
        ("motorcycle", 0, 0, 230),
        ("bicycle", 119, 11, 32),
        ("license plate", 0, 0, 143),
    ]
)

_TRAIN_LABEL_IDS = [7, 8, 11, 12, 13, 17, *range(19, 29), 31, 32, 33]

# The train ids 0..18; 255 is void.
CITYSCAPES19 = ClassTable(
    names=[CITYSCAPES.names[i] for i in _TRAIN_LABEL_IDS],
    ids=range(19),
    colors=[CITYSCAPES.colors[i] for i in _TRAIN_LABEL_IDS],
    void_ids=[255],
)
