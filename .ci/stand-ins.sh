# Images that cannot be pulled here, under the names that the files ask for. Source it; needs $docker (the tools' folder).
stand_in_kind() {
  case $1 in
    *seaweedfs*) echo s3 ;;
    */* | debian:*) ;;
    *:*) echo "${1%%:*}" ;;
  esac
}

make_stand_ins() { # image:tag...
  local image kind
  for image in "$@"; do
    docker image inspect "$image" >/dev/null 2>&1 && continue
    kind=$(stand_in_kind "$image")
    case $image in
      debian:12*) docker tag debian:bookworm-slim "$image" ;;
      *) [ -z "$kind" ] || "$docker/standin" "$kind" "$image" || return 1 ;;
    esac
  done
}
