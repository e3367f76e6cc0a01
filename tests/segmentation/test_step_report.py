from keras_pix2pixhd.segmentation.step_report import step_report


def lines_of(losses):
    lines = []
    report = step_report(len(losses), None, lines.append)
    for step, loss in enumerate(losses, 1):
        report(step, loss)
    return lines


def test_a_line_has_the_mean_loss_since_the_last():
    lines = lines_of([0.5, 0.25] + [0.0] * 9 + [0.125] * 2)
    assert lines[0] == "step 2/13: loss 0.3750"
    # the seventh line ends with step 13, alone since step 12
    assert lines[-2:] == ["step 12/13: loss 0.0625", "step 13/13: loss 0.1250"]


def test_there_are_ten_lines_at_most():
    assert len(lines_of([1.0] * 3)) == 3
    assert len(lines_of([1.0] * 100)) == 10
    assert len(lines_of([1.0] * 101)) == 10


def test_progress_gets_the_steps():
    calls = []
    step_report(7, lambda *call: calls.append(call), None)(3, 0.5)
    assert calls == [(3, 7)]
