package io.github.resilientchat.console;

import java.security.Principal;
import org.jspecify.annotations.Nullable;

/** Who may see the page and change anything. */
@FunctionalInterface
interface Door {

  /**
   * Whether a request is let in.
   *
   * @param principal who signed in, or null
   * @param host what the request says whom it is for
   */
  boolean opensFor(@Nullable Principal principal, @Nullable String host);

  /** Without Spring Security: this machine, asked by its own name. */
  static Door ofThisMachine(ConsoleAddress address) {
    return (principal, host) -> address.loopback() && ConsoleAddress.isThisMachine(host);
  }
}
