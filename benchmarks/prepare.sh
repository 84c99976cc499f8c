# shellcheck shell=bash disable=SC2034
# Builds the benchmarks and all they measure. Sourced by the commands beside it; gives $root, $java (the program and what
# all of them need) and $classes (the class path), and
# goes to the root. Knows nothing about what is measured.
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd -P)
# shellcheck source=../build/prerequisites.sh
. "$root/build/prerequisites.sh"

require_jdk
require_build_tools
cd "$root" || exit 1
mkdir -p benchmarks/target
JAVA_HOME=$JDK_HOME mvn --batch-mode --quiet --projects benchmarks --also-make -Dmaven.test.skip=true \
  package >benchmarks/target/build.log 2>&1 </dev/null || fail "the build failed: see $root/benchmarks/target/build.log"
java=("$JDK_HOME/bin/java" --enable-native-access=ALL-UNNAMED)
classes=$root/benchmarks/target/classes:$(<benchmarks/target/classpath)
