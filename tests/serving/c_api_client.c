/* Runs a SavedModel through TensorFlow's C API: no Python, no Keras.
 *
 *   c_api_client FOLDER {FEED PLACE FETCH PLACE SHAPE IN OUT} ...
 *
 * FEED and FETCH name operations of the graph, PLACE which of their outputs.
 * SHAPE is like 2x5x7 for uint8, IN and OUT the bytes of the tensors, or
 * "string" for one string. Prints the shape of what was fetched.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tensorflow/c/c_api.h"
#include "tensorflow/c/tf_tstring.h"

static TF_Status* status;

static void check(const char* what) {
  if (TF_GetCode(status) == TF_OK) return;
  fprintf(stderr, "%s: %d %s\n", what, TF_GetCode(status), TF_Message(status));
  exit(1);
}

static char* read_file(const char* path, size_t* size) {
  FILE* file = fopen(path, "rb");
  if (!file) exit(2);
  fseek(file, 0, SEEK_END);
  *size = ftell(file);
  rewind(file);
  char* bytes = malloc(*size + 1);
  if (fread(bytes, 1, *size, file) != *size) exit(2);
  fclose(file);
  return bytes;
}

static TF_Tensor* tensor_of(const char* shape, const char* path) {
  size_t size;
  char* bytes = read_file(path, &size);
  int64_t dims[8] = {1};
  int rank = 1;
  TF_Tensor* tensor;
  if (strcmp(shape, "string") == 0) {
    tensor = TF_AllocateTensor(TF_STRING, dims, rank, sizeof(TF_TString));
    TF_TString* string = TF_TensorData(tensor);
    TF_StringInit(string);
    TF_StringCopy(string, bytes, size);
  } else {
    for (rank = 0; rank < 8 && *shape; rank++) {
      char* end;
      dims[rank] = strtoll(shape, &end, 10);
      shape = *end ? end + 1 : end;
    }
    tensor = TF_AllocateTensor(TF_UINT8, dims, rank, size);
    memcpy(TF_TensorData(tensor), bytes, size);
  }
  free(bytes);
  return tensor;
}

static void write_tensor(TF_Tensor* tensor, const char* path) {
  const char* bytes = TF_TensorData(tensor);
  size_t size = TF_TensorByteSize(tensor);
  if (TF_TensorType(tensor) == TF_STRING) {
    const TF_TString* string = TF_TensorData(tensor);
    bytes = TF_StringGetDataPointer(string);
    size = TF_StringGetSize(string);
  }
  for (int i = 0; i < TF_NumDims(tensor); i++)
    printf("%s%lld", i ? "x" : "", (long long)TF_Dim(tensor, i));
  printf(" %d\n", (int)TF_TensorType(tensor));
  FILE* file = fopen(path, "wb");
  if (!file || fwrite(bytes, 1, size, file) != size) exit(2);
  fclose(file);
}

static TF_Output output_of(TF_Graph* graph, char** names) {
  TF_Output output = {TF_GraphOperationByName(graph, names[0]), atoi(names[1])};
  if (!output.oper) {
    fprintf(stderr, "no operation %s\n", names[0]);
    exit(2);
  }
  return output;
}

int main(int count, char** words) {
  if (count < 9 || (count - 2) % 7) return 2;
  status = TF_NewStatus();
  TF_Graph* graph = TF_NewGraph();
  TF_SessionOptions* options = TF_NewSessionOptions();
  const char* tags[] = {"serve"};
  TF_Session* session = TF_LoadSessionFromSavedModel(
      options, NULL, words[1], tags, 1, graph, NULL, status);
  check("load");
  for (char** run = words + 2; run < words + count; run += 7) {
    TF_Output feed = output_of(graph, run), fetch = output_of(graph, run + 2);
    TF_Tensor* sent = tensor_of(run[4], run[5]);
    TF_Tensor* found = NULL;
    TF_SessionRun(session, NULL, &feed, &sent, 1, &fetch, &found, 1, NULL, 0,
                  NULL, status);
    check("run");
    write_tensor(found, run[6]);
    TF_DeleteTensor(sent);
    TF_DeleteTensor(found);
  }
  TF_CloseSession(session, status);
  TF_DeleteSession(session, status);
  TF_DeleteSessionOptions(options);
  TF_DeleteGraph(graph);
  TF_DeleteStatus(status);
  return 0;
}
