package io.github.resilientchat.transparency;

import java.util.List;

/**
 * A way in which a decorated call differs from the plain model's and is meant to; {@code
 * docs/differences.md} tells of each.
 *
 * @param name as the page's heading has it
 * @param taken out: our transcript as it would be without the difference, which may look at the
 *     plain one
 */
record Difference(String name, Removal taken) {

  /** Gives back the same lines where there is no such difference. */
  interface Removal {
    List<String> from(List<String> ours, Plain plain);
  }

  /**
   * What was seen of the plain model.
   *
   * @param likened the same, had the service said something that the framework knows; the same
   *     where it did
   */
  record Plain(List<String> lines, List<String> likened) {}
}
