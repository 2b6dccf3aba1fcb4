# Sourced by mvnw and troupe: sets JAVA_HOME to a JDK of at least version 25.
#
# Order: JAVA_HOME, the java on the PATH, then the usual places. Versions are read from the
# JDK's own "release" file, so that looking costs nothing. Runs in plain sh.

troupe_java_wanted=25

troupe_java_major() {
  sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$1/release" 2>/dev/null | head -n 1
}

troupe_is_wanted_jdk() {
  [ -x "$1/bin/javac" ] || return 1
  troupe_major=$(troupe_java_major "$1")
  [ "${troupe_major:-0}" -ge "$troupe_java_wanted" ]
}

# The JDK that the java on the PATH belongs to, links followed.
troupe_java_on_path() {
  troupe_java=$(command -v java) || return 0
  while [ -L "$troupe_java" ]; do
    troupe_link=$(readlink "$troupe_java")
    case "$troupe_link" in
    /*) troupe_java=$troupe_link ;;
    *) troupe_java=$(dirname "$troupe_java")/$troupe_link ;;
    esac
  done
  dirname "$(dirname "$troupe_java")"
}

troupe_java_candidates() {
  troupe_java_on_path
  if [ -x /usr/libexec/java_home ]; then
    /usr/libexec/java_home -v "$troupe_java_wanted+" 2>/dev/null
  fi
  for troupe_home in \
    /usr/lib/jvm/* /usr/java/* /opt/java/* /opt/jdk* \
    "$HOME"/.sdkman/candidates/java/* "$HOME"/.jdks/* "$HOME"/.local/share/mise/installs/java/* \
    /Library/Java/JavaVirtualMachines/*/Contents/Home; do
    [ -d "$troupe_home" ] && printf '%s\n' "$troupe_home"
  done
}

troupe_find_jdk() {
  if [ -n "${JAVA_HOME:-}" ] && troupe_is_wanted_jdk "$JAVA_HOME"; then
    return 0
  fi
  troupe_found=$(troupe_java_candidates | while IFS= read -r troupe_home; do
    if troupe_is_wanted_jdk "$troupe_home"; then
      printf '%s\n' "$troupe_home"
      break
    fi
  done)
  if [ -z "$troupe_found" ]; then
    {
      echo "Troupe needs JDK $troupe_java_wanted, and none was found."
      echo "Looked at JAVA_HOME (${JAVA_HOME:-not set}), at java on the PATH and in the usual places (/usr/lib/jvm, SDKMAN, ...)."
      echo "Install one, for example from https://adoptium.net, or set JAVA_HOME to it."
    } >&2
    return 1
  fi
  JAVA_HOME=$troupe_found
  export JAVA_HOME
}

troupe_find_jdk || exit 1
