# shellcheck shell=bash
# Images that cannot be pulled here, under the names that the files ask for. Source it; needs $docker (the tools' folder).
: "${docker:?the folder of the tools}"

stand_in_kind() {
  case $1 in
    *seaweedfs*) echo s3 ;;
    axllent/* | clamav/*) ;; # of profiles that are not run
    debian:*) ;;
    *:*) echo "${1%%:*}" ;;
  esac
}

# with the machine's own Node: the one among our packages comes without npm
stand_in() {
  env PATH="$(tr : '\n' <<<"$PATH" | grep -v node_modules/.bin | paste -sd:)" "$docker/standin" "$@"
}

make_stand_ins() { # image:tag...
  local image kind
  for image in "$@"; do
    docker image inspect "$image" >/dev/null 2>&1 && continue
    kind=$(stand_in_kind "$image")
    case $image in
      # comes with the first stand-in of a Node image
      debian:12*)
        docker image inspect debian:bookworm-slim >/dev/null 2>&1 || stand_in node node:bookworm-slim || return 1
        docker tag debian:bookworm-slim "$image"
        ;;
      *) [ -z "$kind" ] || stand_in "$kind" "$image" || return 1 ;;
    esac
  done
}
