# shellcheck shell=bash disable=SC2034
# What a build needs, sourced by ./splitreason and ./verify. Gives JDK_HOME, or one line that says what to install.
# Knows nothing about what is built.

REQUIRED_JDK=25
REQUIRED_NODE=20

# Where JDKs are installed, beside JAVA_HOME and PATH; SPLITREASON_JDK_FOLDERS replaces the list.
JDK_FOLDERS="/usr/lib/jvm:/usr/lib64/jvm:/usr/java:/opt/java:/opt/jdk:/Library/Java/JavaVirtualMachines"
JDK_FOLDERS="$JDK_FOLDERS:$HOME/Library/Java/JavaVirtualMachines:/opt/homebrew/opt:/usr/local/opt"
JDK_FOLDERS="$JDK_FOLDERS:$HOME/.sdkman/candidates/java:$HOME/.local/share/mise/installs/java"
JDK_FOLDERS="$JDK_FOLDERS:$HOME/.asdf/installs/java:$HOME/.jdks"

fail() {
  echo "${0##*/}: $*" >&2
  exit 1
}

# Sets JDK_HOME to the first JDK that is new enough: JAVA_HOME, the java on PATH, then the usual folders.
# Reads the JDK's own "release" file, since asking java itself would cost every start 0.1 s.
require_jdk() {
  local candidate folders folder
  for candidate in "${JAVA_HOME:-}" "$(jdk_on_path)"; do
    is_new_enough "$candidate" && JDK_HOME=$candidate && return
  done
  IFS=: read -r -a folders <<<"${SPLITREASON_JDK_FOLDERS-$JDK_FOLDERS}"
  for folder in "${folders[@]:-}"; do
    for candidate in "$folder"/*/Contents/Home "$folder"/*/libexec/openjdk.jdk/Contents/Home "$folder"/*; do
      is_new_enough "$candidate" && JDK_HOME=$candidate && return
    done
  done
  fail "needs a JDK $REQUIRED_JDK or newer, and found none: install one (Temurin $REQUIRED_JDK, for example) and set JAVA_HOME to its folder"
}

jdk_on_path() {
  local java link
  java=$(command -v java) || return 0
  while link=$(readlink "$java"); do
    case $link in
      /*) java=$link ;;
      *) java=${java%/*}/$link ;;
    esac
  done
  java=${java%/*}
  echo "${java%/*}"
}

is_new_enough() {
  local line
  [ -n "$1" ] && [ -x "$1/bin/javac" ] && [ -r "$1/release" ] || return 1
  while IFS= read -r line; do
    if [[ $line =~ ^JAVA_VERSION=\"?([0-9]+) ]]; then
      [ "${BASH_REMATCH[1]}" -ge "$REQUIRED_JDK" ]
      return
    fi
  done <"$1/release"
  return 1
}

require_build_tools() {
  local node
  command -v mvn >/dev/null || fail "building needs Maven 3.8.5 or newer, and there is no mvn on PATH: install maven"
  if ! command -v node >/dev/null || ! command -v npm >/dev/null; then
    fail "building needs Node.js $REQUIRED_NODE or newer with npm, which fetches llama.cpp's libraries: install nodejs and npm"
  fi
  node=$(node --version)
  if ! [[ $node =~ ^v([0-9]+) ]] || [ "${BASH_REMATCH[1]}" -lt "$REQUIRED_NODE" ]; then
    fail "building needs Node.js $REQUIRED_NODE or newer, and $(command -v node) is $node: install a newer nodejs"
  fi
}
