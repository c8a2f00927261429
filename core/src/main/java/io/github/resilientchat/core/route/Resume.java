package io.github.resilientchat.core.route;

import io.github.resilientchat.core.adapter.FreshAnswer;

/** How a stream of a route goes on that broke after content. */
public enum Resume {
  /** It does not: it ends with its error, unless its consumer asks for a fresh answer itself. */
  NONE,

  /**
   * With a marker and a fresh answer, {@linkplain FreshAnswer once}: the consumers of the route
   * discard what came before the marker. One that cannot be told so gets the error all the same.
   */
  RESTART
}
