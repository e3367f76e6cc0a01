"""Two logical CPUs, in a process of their own: devices are made but once."""

import json
import pathlib
import subprocess
import sys
import textwrap

import keras
import pytest

ROOT = pathlib.Path(__file__).resolve().parents[2]
PRELUDE = """
    import json
    import numpy as np
    import tensorflow as tf

    cpu = tf.config.list_physical_devices("CPU")[0]
    two = [tf.config.LogicalDeviceConfiguration()] * 2
    tf.config.set_logical_device_configuration(cpu, two)
    from tests.optimizers.test_guarded_optimizer import Pair

    def run(steps, replicas, **arguments):
        '''What steps of each replica's gradients come to.'''
        devices = [f"CPU:{i}" for i in range(replicas)]
        strategy = tf.distribute.MirroredStrategy(devices)
        with strategy.scope():
            pair = Pair(size=2, **arguments)

        def step():
            replica = tf.distribute.get_replica_context()
            number = replica.replica_id_in_sync_group
            mine = tf.gather(gradients, number)
            pair.optimizer.apply(
                [mine[0][:, None], mine[1][:, None]], pair.variables
            )

        for gradients in np.array(steps, "float32"):
            gradients = tf.constant(gradients)
            tf.function(lambda: strategy.run(step))()
        copies = [
            [x.numpy()[:, 0].tolist() for x in v.value.values]
            if replicas > 1 else [v.numpy()[:, 0].tolist()]
            for v in pair.variables
        ]
        assert all(c == copy[0] for copy in copies for c in copy), copies
        return [copy[0] for copy in copies], pair.report, pair.updates

    NAN = float("nan")
"""

pytestmark = pytest.mark.skipif(
    keras.backend.backend() != "tensorflow", reason="tf.distribute"
)


def results(code):
    """Runs code of calls of `run`; returns what it put into `found`."""
    code = textwrap.dedent(PRELUDE) + textwrap.dedent(code)
    code += "\nprint('found', json.dumps(found))"
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=300,
    )
    assert done.returncode == 0, done.stderr[-3000:]
    return json.loads(done.stdout.split("found ")[-1])


@pytest.mark.slow
def test_two_replicas_decide_and_update_as_one():
    """Gradients are summed before they are judged, cut and averaged.

    Each step has for each replica the gradients of both networks.
    """
    found = results(
        """
        good = [[[3.0, 0.0], [0.5, 0.0]], [[0.0, 4.0], [0.25, 0.0]]]
        bad = [[[1.0, 1.0], [1.0, 1.0]], [[1.0, 1.0], [1.0, NAN]]]
        half = [[[0.5, 0.0], [0.0, 0.0]], [[0.5, 0.0], [0.0, 0.0]]]
        found = {
            "plain": run([good], 2),
            "one": run([[good[0]]], 1),
            "bad": run([good, bad], 2, scales_loss=False),
            "cut": run([good], 2, clip_norm=2.5),
            "gathered": run([good, bad, half, good], 2, accumulation_steps=2),
        }
        """
    )
    weights, report, updates = found["plain"]
    assert weights == [[-2.0, -3.0], [0.25, 1.0]]
    assert report["generator_gradient_norm"] == 5.0
    assert updates == [1, 1]
    assert found["one"][0] == [[-2.0, 1.0], [0.5, 1.0]]
    # the NaN is on the second replica only
    weights, report, updates = found["bad"]
    assert weights == [[-2.0, -3.0], [0.25, 1.0]]
    assert report["skipped_steps"] == report["skipped_in_a_row"] == 1
    assert updates == [1, 1]
    assert found["cut"][0] == [[-0.5, -1.0], [0.25, 1.0]]
    # the mean of (3, 4) and (1, 0), and of 0.75 and 0; then half an update
    weights, report, updates = found["gathered"]
    assert weights == [[-1.0, -1.0], [0.625, 1.0]]
    assert report["skipped_steps"] == 1
    assert updates == [1, 1]
