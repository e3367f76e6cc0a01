"""The manifests of docs/serving.md, against Kubernetes' own schema."""

import pathlib

import pytest
import yaml

from keras_pix2pixhd.export.serving import write_serving_files

FOLDER = pathlib.Path(__file__).parents[1] / "examples" / "serving"
MANIFESTS = list(
    yaml.safe_load_all((FOLDER / "kubernetes.yaml").read_text("utf-8"))
)


@pytest.mark.parametrize("manifest", MANIFESTS, ids=lambda x: x["kind"])
def test_manifests_are_valid(manifest):
    validate = pytest.importorskip("kubernetes_validate")
    validate.validate(manifest, "1.34", strict=True)


def test_a_wrong_one_is_found():
    validate = pytest.importorskip("kubernetes_validate")
    wrong = {**MANIFESTS[1], "spec": {**MANIFESTS[1]["spec"], "replica": 2}}
    with pytest.raises(validate.ValidationError):
        validate.validate(wrong, "1.34", strict=True)


def test_they_speak_of_the_same_things():
    claim, deployment, service, budget, scaler = MANIFESTS
    pod = deployment["spec"]["template"]
    labels = pod["metadata"]["labels"]
    assert service["spec"]["selector"] == labels
    assert budget["spec"]["selector"]["matchLabels"] == labels
    assert deployment["spec"]["selector"]["matchLabels"] == labels
    target = scaler["spec"]["scaleTargetRef"]
    assert target["name"] == deployment["metadata"]["name"]
    volume = pod["spec"]["volumes"][0]["persistentVolumeClaim"]
    assert volume["claimName"] == claim["metadata"]["name"]
    adapter = yaml.safe_load((FOLDER / "prometheus-adapter.yaml").read_text())
    (rule,) = adapter["rules"]["external"]
    (metric,) = scaler["spec"]["metrics"]
    assert metric["external"]["metric"]["name"] == rule["name"]["as"]


def test_the_pods_are_started_as_the_compose_file_starts_the_server(tmp_path):
    folder = write_serving_files(tmp_path / "cars", "cars")
    compose = yaml.safe_load((folder / "compose.yaml").read_text("utf-8"))
    service = compose["services"]["serving"]
    (container,) = MANIFESTS[1]["spec"]["template"]["spec"]["containers"]
    assert container["image"] == service["image"]
    assert container["args"] == service["command"]
    limits = service["deploy"]["resources"]["limits"]
    assert container["resources"]["limits"]["cpu"] == limits["cpus"]
