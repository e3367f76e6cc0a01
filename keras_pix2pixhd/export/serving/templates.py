"""What the files that TF Serving is started with say; MODEL is its name."""

# the last in TF Serving's release notes when this was written
IMAGE = "tensorflow/serving:2.20.0"

_COMPOSE = f"""\
# docker compose -f serving/compose.yaml up -d, in the folder of the model.
services:
  serving:
    image: {IMAGE}
    command:
      - --model_config_file=/models/MODEL/serving/models.config
      - --monitoring_config_file=/models/MODEL/serving/monitoring.config
      # look for new versions every 30 seconds
      - --file_system_poll_wait_seconds=30
      - --model_config_file_poll_wait_seconds=30
      # Only where all clients send maps of one size: see batching.config.
      # - --enable_batching
      # - --batching_parameters_file=/models/MODEL/serving/batching.config
    ports: # on this machine alone; a proxy with TLS goes before others
      - "127.0.0.1:8500:8500" # gRPC
      - "127.0.0.1:8501:8501" # REST
    volumes:
      - ..:/models/MODEL:ro
    read_only: true
    tmpfs:
      - /tmp
    security_opt:
      - no-new-privileges:true
    cap_drop:
      - ALL
    restart: unless-stopped
    deploy:
      resources:
        limits: # docs/serving.md says how to choose them
          cpus: "4"
          memory: 8G
    healthcheck: # the image has bash, but no curl
      test:
        - CMD
        - bash
        - -c
        - >-
          exec 3<>/dev/tcp/127.0.0.1/8501 &&
          printf 'GET /v1/models/MODEL HTTP/1.0\\r\\n\\r\\n' >&3 &&
          grep -q AVAILABLE <&3
      interval: 10s
      timeout: 5s
      retries: 3
      start_period: 120s # loading and warm-up requests
"""

_MODELS = """\
# ModelServerConfig of TF Serving, in protobuf's text format.
model_config_list {
  config {
    name: "MODEL"
    base_path: "/models/MODEL"
    model_platform: "tensorflow"
    # The newest version alone. To keep two, and to choose between them by a
    # label, in place of it:
    #   model_version_policy { specific { versions: 1 versions: 2 } }
    #   version_labels { key: "stable" value: 1 }
    #   version_labels { key: "canary" value: 2 }
    # A label can be given to a version only once that is loaded.
    model_version_policy { latest { num_versions: 1 } }
  }
}
"""

_BATCHING = """\
# BatchingParameters of TF Serving, in protobuf's text format.
#
# Not used unless compose.yaml asks for it. Requests are joined along their
# first axis. Those whose maps have another height or width are NOT put into
# another batch: the whole batch fails. So batch only where every client sends
# one size, with the signatures of arrays. In `png`, files of different sizes
# are refused by the graph.
#
# On processors a batch takes about as long as its images one by one, so
# batching gains little; on a GPU it pays off for small images.

# Memory grows with it: docs/serving.md.
max_batch_size { value: 4 }
# How long a request waits for others, in microseconds: a small part of what
# painting takes.
batch_timeout_micros { value: 5000 }
# Then requests are refused (UNAVAILABLE), and clients try again later; a long
# queue only answers those who have given up.
max_enqueued_batches { value: 16 }
# Batches at once: 1 for a GPU; on processors 1 too, as each uses all of them.
num_batch_threads { value: 1 }
# Other sizes would be filled up with copies, which cost as much.
allowed_batch_sizes: 1
allowed_batch_sizes: 2
allowed_batch_sizes: 4
# Never: it would paint what is filled up, as class 0.
pad_variable_length_inputs: false
"""

_MONITORING = """\
# MonitoringConfig of TF Serving: GET /monitoring/prometheus/metrics on 8501.
prometheus_config { enable: true path: "/monitoring/prometheus/metrics" }
"""

TEMPLATES = {
    "compose.yaml": _COMPOSE,
    "models.config": _MODELS,
    "batching.config": _BATCHING,
    "monitoring.config": _MONITORING,
}
