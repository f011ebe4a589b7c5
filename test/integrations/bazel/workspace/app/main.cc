#include "app/serve.h"
#include "nap/nap.h"

static_assert(SERVES);

int main() {
  serve();
  doze();
}
