"""A loader as one writes it by hand: Pillow in two processes."""

import multiprocessing
import multiprocessing.shared_memory
import os
import time

import numpy as np

PROCESSES = 2
_SLOTS = 8


def pillow_epochs(pairs, image_size, batch_size):
    """Yields the seconds of one epoch after another."""
    height, width = image_size
    sizes = 4 * height * width * 3, height * width
    slots = [
        multiprocessing.shared_memory.SharedMemory(create=True, size=sum(sizes))
        for _ in range(max(_SLOTS, 2 * batch_size))
    ]
    jobs, done = multiprocessing.Queue(), multiprocessing.Queue()
    arguments = (pairs, image_size, [s.name for s in slots], jobs, done)
    workers = [
        multiprocessing.Process(target=_work, args=arguments, daemon=True)
        for _ in range(PROCESSES)
    ]
    for worker in workers:
        worker.start()
    try:
        while True:
            start = time.perf_counter()
            _epoch(len(pairs), image_size, batch_size, slots, jobs, done)
            yield time.perf_counter() - start
    finally:
        for worker in workers:
            worker.terminate()
            worker.join()
        for slot in slots:
            slot.close()
            slot.unlink()


def _epoch(count, image_size, batch_size, slots, jobs, done):
    order = iter(np.random.default_rng(0).permutation(count))
    for slot, index in zip(range(len(slots)), order, strict=False):
        jobs.put((slot, int(index)))
    for begin in range(0, count, batch_size):
        ready = [done.get() for _ in range(min(batch_size, count - begin))]
        images = [
            np.ndarray((*image_size, 3), "float32", slots[slot].buf)
            for slot in ready
        ]
        # of one image, a batch is a view
        batch = images[0][None] if len(images) == 1 else np.stack(images)
        if not abs(batch[0, 0, 0, 0]) <= 1:
            raise RuntimeError("An image was not scaled to [-1, 1].")
        for slot in ready:
            index = next(order, None)
            if index is not None:
                jobs.put((slot, int(index)))


def _work(pairs, image_size, slots, jobs, done):
    slots = [multiprocessing.shared_memory.SharedMemory(name=n) for n in slots]
    height, width = image_size
    generator = np.random.default_rng(os.getpid())
    while True:
        slot, index = jobs.get()
        arrays = pairs.read(index, image_size)
        if generator.random() < 0.5:
            arrays = {kind: array[:, ::-1] for kind, array in arrays.items()}
        image = np.ndarray((height, width, 3), "float32", slots[slot].buf)
        label = np.ndarray(
            (height, width), "uint8", slots[slot].buf, image.nbytes
        )
        np.divide(arrays["image"], np.float32(127.5), out=image)
        image -= 1
        label[:] = arrays["label"]
        done.put(slot)
