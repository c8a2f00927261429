package io.github.resilientchat.autoconfigure.engine;

import io.github.resilientchat.core.CallerResolver;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.beans.factory.ObjectProvider;

/** Who is asked for the caller when a request names none: the thread, then beans in their order. */
public final class CallerSources {

  private CallerSources() {}

  public static CallerResolver of(ObjectProvider<CallerResolver> beans) {
    List<CallerResolver> sources =
        Stream.concat(Stream.of(CallerResolver.scope()), beans.orderedStream()).toList();
    return CallerResolver.firstOf(sources);
  }
}
