"""The 182 classes of COCO-Stuff's stuffthingmaps."""

from keras_pix2pixhd.data.class_table import ClassTable

# In the order of the ids 0..181, one less than the numbers that COCO's lists
# give. Eleven things are in no file: street sign, hat, shoe, eye glasses,
# plate, mirror, window, desk, door, blender and hair brush.
_NAMES = """
person, bicycle, car, motorcycle, airplane, bus, train, truck, boat, traffic
light, fire hydrant, street sign, stop sign, parking meter, bench, bird, cat,
dog, horse, sheep, cow, elephant, bear, zebra, giraffe, hat, backpack,
umbrella, shoe, eye glasses, handbag, tie, suitcase, frisbee, skis, snowboard,
sports ball, kite, baseball bat, baseball glove, skateboard, surfboard, tennis
racket, bottle, plate, wine glass, cup, fork, knife, spoon, bowl, banana,
apple, sandwich, orange, broccoli, carrot, hot dog, pizza, donut, cake, chair,
couch, potted plant, bed, mirror, dining table, window, desk, toilet, door,
tv, laptop, mouse, remote, keyboard, cell phone, microwave, oven, toaster,
sink, refrigerator, blender, book, clock, vase, scissors, teddy bear, hair
drier, toothbrush, hair brush, banner, blanket, branch, bridge,
building-other, bush, cabinet, cage, cardboard, carpet, ceiling-other,
ceiling-tile, cloth, clothes, clouds, counter, cupboard, curtain, desk-stuff,
dirt, door-stuff, fence, floor-marble, floor-other, floor-stone, floor-tile,
floor-wood, flower, fog, food-other, fruit, furniture-other, grass, gravel,
ground-other, hill, house, leaves, light, mat, metal, mirror-stuff, moss,
mountain, mud, napkin, net, paper, pavement, pillow, plant-other, plastic,
platform, playingfield, railing, railroad, river, road, rock, roof, rug,
salad, sand, sea, shelf, sky-other, skyscraper, snow, solid-other, stairs,
stone, straw, structural-other, table, tent, textile-other, towel, tree,
vegetable, wall-brick, wall-concrete, wall-other, wall-panel, wall-stone,
wall-tile, wall-wood, water-other, waterdrops, window-blind, window-other,
wood
"""


def _color(number):
    """Returns the colour of a number in [0, 255], as PASCAL VOC makes them.

    Its bits 0, 3 and 6 are the highest of red, bits 1, 4 and 7 of green, bits
    2 and 5 of blue, so no two numbers share a colour.
    """
    channels = [0, 0, 0]
    for bit in range(8):
        channels[bit % 3] |= (number >> bit & 1) << 7 - bit // 3
    return channels


# COCO-Stuff publishes no colours: class n has colour n + 1 of PASCAL VOC, as
# colour 0 is black. 255, "unlabeled", is void.
COCO_STUFF = ClassTable(
    names=[" ".join(name.split()) for name in _NAMES.split(",")],
    ids=range(182),
    colors=[_color(number) for number in range(1, 183)],
    void_ids=[255],
)
