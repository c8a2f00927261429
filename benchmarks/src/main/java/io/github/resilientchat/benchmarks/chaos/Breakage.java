package io.github.resilientchat.benchmarks.chaos;

import java.net.URI;
import java.util.function.Supplier;

/** How a target misbehaves. */
@FunctionalInterface
interface Breakage {

  Place place(Site site);

  /**
   * What a breakage may build on.
   *
   * @param account whose words the target speaks
   * @param simulator a healthy one
   * @param process a place in the process that the whole run shares
   */
  record Site(String account, URI simulator, Supplier<Place> process) {}

  static Breakage wire(Manner manner) {
    return site -> new Wire(site.simulator(), manner, null);
  }

  static Breakage reply(Reply reply) {
    return site -> new Impostor(site.account(), reply);
  }
}
