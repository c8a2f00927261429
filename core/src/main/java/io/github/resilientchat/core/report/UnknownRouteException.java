package io.github.resilientchat.core.report;

import io.github.resilientchat.core.Quoted;
import java.util.Collection;
import java.util.TreeSet;

/** A request's model name selects a route, and there is none of this name. */
public final class UnknownRouteException extends IllegalArgumentException {

  private static final long serialVersionUID = 1L;

  public UnknownRouteException(String name, Collection<String> routes) {
    super(
        "unknown route "
            + Quoted.of(name)
            + ": a request's model name selects a route, and the routes are "
            + new TreeSet<>(routes));
  }
}
