package io.github.resilientchat.autoconfigure.identity;

/** The bean that every model asks for the caller of a call. */
public final class Callers {

  /**
   * Qualifier of the {@link io.github.resilientchat.core.CallerResolver} that asks all sources in
   * their order. No candidate where none is named, so that resolvers of an application stay apart.
   */
  public static final String OF_ALL_SOURCES = "resilientCallers";

  private Callers() {}
}
