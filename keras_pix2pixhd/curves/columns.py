"""What the columns of a history are called, and how to read them."""

# charts with several columns: key -> title, name of each line, a sentence
GROUPS = {
    "losses": (
        "Losses of both networks",
        {
            "generator": "generator_loss",
            "discriminator": "discriminator_loss",
        },
        "Each network learns against the other, so neither falls to zero in a "
        "healthy run; a discriminator that stays near 0 has won, and teaches "
        "the generator little.",
    ),
    "scores": (
        "D(real) and D(fake)",
        {
            "real": "discriminator_real_score",
            "fake": "discriminator_fake_score",
        },
        "Mean scores of real and of generated patches; lsgan pulls them to 1 "
        "and to 0, and each of them stays in between while both networks "
        "learn.",
    ),
    "gradient_norms": (
        "Gradient norms",
        {
            "generator": "generator_gradient_norm",
            "discriminator": "discriminator_gradient_norm",
        },
        "A norm that grows by orders of magnitude comes before a run that "
        "diverges; one that vanishes belongs to a network that learns "
        "nothing.",
    ),
    "learning_rates": (
        "Learning rates",
        {
            "generator": "generator_learning_rate",
            "discriminator": "discriminator_learning_rate",
            "rate": "learning_rate",
        },
        "What the schedule has come to.",
    ),
}

# column -> (title, unit, sentence)
COLUMNS = {
    "generator_loss": (
        "Generator's loss",
        "",
        "The sum of its terms, each times its weight; it may rise in a run "
        "that gets better, because the discriminator that judges does too.",
    ),
    "discriminator_loss": ("Discriminator's loss", "", ""),
    "adversarial_loss": (
        "Adversarial loss",
        "",
        "What the discriminator thinks of generated images, without its "
        "weight; it rises where the discriminator gets ahead.",
    ),
    "feature_matching_loss": (
        "Feature-matching loss",
        "",
        "How far the discriminator's features of generated images are from "
        "those of the real ones, without its weight; those features grow with "
        "the discriminator, so it may rise in a run that gets better.",
    ),
    "perceptual_loss": (
        "Perceptual loss",
        "",
        "The same in the features of VGG19, which do not change: the steadiest "
        "of the terms.",
    ),
    "discriminator_real_loss": ("Discriminator's loss, real images", "", ""),
    "discriminator_fake_loss": (
        "Discriminator's loss, generated images",
        "",
        "",
    ),
    "r1_penalty": (
        "R1 penalty",
        "",
        "How steep the discriminator is at real images, without its weight.",
    ),
    "discriminator_real_score": ("D(real)", "", ""),
    "discriminator_fake_score": ("D(fake)", "", ""),
    "generator_gradient_norm": ("Generator's gradient norm", "", ""),
    "discriminator_gradient_norm": ("Discriminator's gradient norm", "", ""),
    "generator_learning_rate": ("Generator's learning rate", "", ""),
    "discriminator_learning_rate": ("Discriminator's learning rate", "", ""),
    "learning_rate": ("Learning rate", "", ""),
    "images_per_second": ("Images a second", "images a second", ""),
    "skipped_steps": (
        "Skipped steps",
        "steps so far",
        "Steps left out because a loss or a gradient was not finite; some are "
        "usual in float16.",
    ),
    "loss_scale": (
        "Loss scale",
        "",
        "What losses are multiplied by in float16; it falls at each skipped "
        "step, and grows again.",
    ),
}

# what is of both networks rather than a term of a loss
NETWORKS = (
    "generator_loss",
    "discriminator_loss",
    "discriminator_real_score",
    "discriminator_fake_score",
    "generator_gradient_norm",
    "discriminator_gradient_norm",
)

# what says how the machine works rather than what the networks learn
MACHINE = (
    "learning_rates",
    "generator_learning_rate",
    "discriminator_learning_rate",
    "learning_rate",
    "images_per_second",
    "skipped_steps",
    "loss_scale",
)
