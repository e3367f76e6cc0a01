"""Names and units of the metrics, and how to read them."""

# stem of the key: name, unit, sentence
READINGS = {
    "l1": (
        "Mean absolute difference",
        "grey levels",
        "How far each pixel is from the real photograph, of 255 grey levels; "
        "a perfect photograph in another colour counts as far off.",
    ),
    "psnr": (
        "Peak signal-to-noise ratio",
        "dB",
        "The squared differences to the real photograph in decibels; the same "
        "caution as for the mean absolute difference applies.",
    ),
    "ssim": (
        "Structural similarity",
        "",
        "How alike small windows of generated and real image are in "
        "brightness, contrast and structure; an equal image has 1.",
    ),
    "ms_ssim": (
        "Multi-scale structural similarity",
        "",
        "Structural similarity at several sizes of the image, so that larger "
        "shapes count too; only equal numbers of scales can be compared.",
    ),
    "perceptual": (
        "Perceptual distance",
        "",
        "How different a network that was trained to recognise things finds "
        "the two images; it depends on the network's weights, and is not "
        "LPIPS.",
    ),
    "class_color_error": (
        "Colour error of the classes",
        "grey levels",
        "How far the mean colour of each class is from that in the real "
        "photograph, averaged over classes; it does not see where in the "
        "class a colour is.",
    ),
    "pixel_accuracy": (
        "Pixels read rightly",
        "",
        "The share of pixels in which a segmentation network reads the class "
        "that was asked for; its share on the real images stands beside it, "
        "because it makes mistakes there as well.",
    ),
    "mean_accuracy": (
        "Pixels read rightly, mean over classes",
        "",
        "The same share for each class, then averaged, so that a small class "
        "counts as much as a large one.",
    ),
    "mean_iou": (
        "Overlap of the classes (mean IoU)",
        "",
        "Where a segmentation network sees a class and where it was asked "
        "for: their intersection divided by their union, averaged over "
        "classes.",
    ),
    "mean_iou_real": (
        "Overlap of the classes, real images",
        "",
        "The same for the real photograph.",
    ),
    "frequency_weighted_iou": (
        "Overlap, weighted by size",
        "",
        "The same intersection divided by union, averaged with the share of "
        "pixels of each class as its weight.",
    ),
    "fid": (
        "Fréchet distance (FID)",
        "",
        "How far apart the distributions of generated and real images are in "
        "the features of Keras' InceptionV3, which is not the network of "
        "published FIDs; it is biased upwards for few images, so compare "
        "equal numbers of images only.",
    ),
    "frechet": (
        "Fréchet distance",
        "",
        "How far apart the distributions of generated and real images are in "
        "the features of a network that is not FID's: it is no FID; and it "
        "is biased upwards for few images, so compare the same network and "
        "equal numbers of images only.",
    ),
    "kid": (
        "Kernel distance (KID)",
        "",
        "Another distance between the distributions of the features, which "
        "is unbiased for few images and may fall below 0: its mean ± spread "
        "over random subsets; it depends on the network as well.",
    ),
    "precision": (
        "Precision: realism",
        "",
        "The share of generated images that lie among the real ones in the "
        "features of the network.",
    ),
    "recall": (
        "Recall: variety",
        "",
        "The share of real images that lie among the generated ones in the "
        "features of the network.",
    ),
    "diversity_l1": (
        "Diversity",
        "grey levels",
        "The mean distance between images that were painted from one label "
        "map in different styles; more is more varied, not better.",
    ),
    "diversity": (
        "Diversity",
        "",
        "The mean distance between images that were painted from one label "
        "map in different styles; more is more varied, not better.",
    ),
    "nearest_training": (
        "Distance to the nearest training photograph",
        "",
        "How far images are from the training photograph that is nearest in "
        "the features of the network.",
    ),
}

# the same where there is little room
SHORT = {
    "l1": "L1",
    "psnr": "PSNR",
    "ssim": "SSIM",
    "ms_ssim": "MS-SSIM",
    "perceptual": "perceptual",
    "mean_iou": "IoU",
    "mean_iou_real": "IoU of the real",
}
