"""What the files that TF Serving is started with say; MODEL is its name."""

# of the TensorFlow that exports: an older one may lack operations
IMAGE = "tensorflow/serving:2.21.0"

_COMPOSE = f"""\
# docker compose -f serving/compose.yaml up -d, in the folder of the model.
services:
  serving:
    image: {IMAGE}
    init: true # passes SIGTERM on, so that it stops at once
    command:
      - --model_config_file=/models/MODEL/serving/models.config
      - --monitoring_config_file=/models/MODEL/serving/monitoring.config
      - --enable_batching=true # and so a queue: see batching.config
      - --batching_parameters_file=/models/MODEL/serving/batching.config
      # look for new versions, and read models.config, every 30 seconds
      - --file_system_poll_wait_seconds=30
      - --model_config_file_poll_wait_seconds=30
      - --allow_version_labels_for_unavailable_models=true # when it starts
      # threads that hold what waits, and still answer whether it serves
      - --grpc_max_threads=128
      - --rest_api_num_threads=128
      # TensorFlow does not see the limit of processors below: say it again
      - --tensorflow_intra_op_parallelism=4
      - --tensorflow_inter_op_parallelism=4
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
    # A label in use moves only to a version that is loaded already.
    model_version_policy { latest { num_versions: 1 } }
  }
}
"""

_BATCHING = """\
# BatchingParameters of TF Serving, in protobuf's text format.
#
# TF Serving queues requests only where it batches. This queues them, and
# paints one image after another.

# Images painted at once. Each holds its activations, and a convolution uses
# all processors: a second image fills the gaps, more only take memory.
num_batch_threads { value: 2 }

# Images that may wait, in each signature. Then requests are refused
# (UNAVAILABLE), and clients come back; a longer queue only answers those who
# have given up: 32 images / 2 at once x seconds an image = the longest wait.
max_enqueued_batches { value: 32 }

# Images that a request may hold. They are painted one by one, in a queue that
# has room for all of them, and go back together.
max_batch_size { value: 16 }
enable_large_batch_splitting { value: true }

# Images that are painted together. More than 1 joins requests, whatever their
# sizes: if these differ, or if one is refused, as a file that is no PNG, ALL
# requests of the batch fail. So only where every client is yours and sends one
# size, and on a GPU; on processors it gains little.
max_execution_batch_size { value: 1 }
# How long an image waits for others, in microseconds.
batch_timeout_micros { value: 0 }

# No allowed_batch_sizes: what is missing would be filled up with copies, which
# are painted too.

# Never: maps would be painted, and answered, at the size of the largest.
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
