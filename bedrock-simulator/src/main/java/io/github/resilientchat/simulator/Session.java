package io.github.resilientchat.simulator;

import java.time.Instant;

/** Temporary keys of a role. */
record Session(
    Role role, String name, String accessKey, String token, Instant issued, Instant expires) {

  String arn() {
    return role.assumedArn(name);
  }
}
