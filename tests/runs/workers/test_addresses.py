import pytest

from keras_pix2pixhd.runs.workers.addresses import checked_addresses


def test_names_and_both_kinds_of_ip_addresses_pass():
    good = ["a:1", "gpu-1.node_2.lan:65535", "10.0.0.2:22", "[fe80::1]:2222"]
    assert checked_addresses(good) == tuple(good)


@pytest.mark.parametrize(
    "address",
    [
        *(
            "a",
            ":1",
            "a:",
            "a:0",
            "a:65536",
            "a:x",
            "a:-1",
            "a b:1",
            "a:\u0661",
        ),
        *("256.1.1.1:80", "1.2.3:80", "::1:80", "[a]:80", "http://a:80"),
        *(1, None, ["a:1"]),
    ],
)
def test_what_nobody_can_listen_at_is_refused(address):
    words = r"must be host:port with a port from 1 to 65535, not "
    with pytest.raises(ValueError, match=words):
        checked_addresses(["a:1", address])


def test_an_address_is_of_one_process():
    with pytest.raises(ValueError, match="of its own, not 'b:2' twice"):
        checked_addresses(["a:1", "b:2", "b:2"])
