# Sourced by the launcher of the sources and by that of a distribution: how a JVM runs the `troupe`
# command. Runs in plain sh.

main=dev.troupe.clusterconfig.command.TroupeCommand

# --sun-misc…: Pekko and Netty use what a later JDK will refuse, and a start prints no warnings.
# -XX:+ExitOn…: a JVM without heap does not serve, and must not look as if it did.
flags="--sun-misc-unsafe-memory-access=allow --enable-native-access=ALL-UNNAMED -XX:+UseCompactObjectHeaders -XX:+ExitOnOutOfMemoryError"

# Lets the JVM watch one start; from what it has seen it makes a cache that shortens all others.
# Troupe works without it. Arguments: java, class path, the cache.
rehearse_start() {
  # shellcheck disable=SC2086 # flags is a list of words
  "$1" $flags -XX:+UseG1GC "-XX:AOTCacheOutput=$3" -cp "$2" "$main" rehearse </dev/null || {
    rm -f "$3"
    return 1
  }
}

# The data directory that a command names, or the default one.
data_directory() {
  data=.troupe
  previous=
  for argument in "$@"; do
    case "$argument" in --data=*) data=${argument#--data=} ;; esac
    [ "$previous" != --data ] || data=$argument
    previous=$argument
  done
  case "$data" in /*) ;; *) data=$(pwd)/${data#./} ;; esac
}

# What a peak has left goes back to the system: whoever has little to do collects and keeps at most as
# much again as is in use; the C library gives back what it holds, and holds nothing per thread.
giving_back="-XX:G1PeriodicGCInterval=20000 -XX:MinHeapFreeRatio=20 -XX:MaxHeapFreeRatio=50 -XX:TrimNativeHeapInterval=10000"

# Becomes the JVM. Arguments: java, class path, the cache, then those of the command.
run_command() {
  java=$1
  path=$2
  cache=$3
  shift 3
  case "${1-}" in
  up | bench | member)
    tuning="-XX:+UseG1GC $giving_back"
    export MALLOC_ARENA_MAX="${MALLOC_ARENA_MAX-2}"
    ;;
  *) tuning="-XX:+UseSerialGC -XX:TieredStopAtLevel=1" ;;
  esac

  # A cache that does not fit (other JVM, other jars) is ignored without a word.
  [ ! -f "$cache" ] || tuning="$tuning -XX:AOTCache=$cache -Xlog:aot=off -Xlog:cds=off"

  # The command line of the JVM names its data directory, so that one can tell instances apart in
  # `ps`; that of a member names its configuration.
  data=
  [ "${1-}" = member ] || data_directory "$@"

  # What is written is about secrets, wherever it lies.
  umask 077

  # TROUPE_MAIN and TROUPE_CLASS_PATH: a program of one's own that runs the command, as in samples.
  # shellcheck disable=SC2086 # flags, tuning and TROUPE_JAVA_OPTS are lists of words
  exec "$java" $flags $tuning ${TROUPE_JAVA_OPTS-} ${data:+"-Dtroupe.data=$data"} \
    -cp "$path${TROUPE_CLASS_PATH:+:$TROUPE_CLASS_PATH}" "${TROUPE_MAIN:-$main}" "$@"
}
