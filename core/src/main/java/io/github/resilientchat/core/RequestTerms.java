package io.github.resilientchat.core;

import org.jspecify.annotations.Nullable;

/**
 * What a request asks of the way its calls take.
 *
 * @param fallbacks whether targets behind the route's first tier may answer, and another route that
 *     a plan names
 * @param session what {@code sticky} keeps on one target instead of the tenant; null for none
 */
public record RequestTerms(boolean fallbacks, @Nullable String session) {

  /** Nothing is asked. */
  public static final RequestTerms NONE = new RequestTerms(true, null);
}
