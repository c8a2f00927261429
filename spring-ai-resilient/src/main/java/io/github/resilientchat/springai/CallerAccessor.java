package io.github.resilientchat.springai;

import io.github.resilientchat.core.Caller;
import io.github.resilientchat.core.CallerScope;
import io.micrometer.context.ThreadLocalAccessor;
import org.jspecify.annotations.Nullable;

/**
 * Lets Micrometer's context propagation carry the caller between {@link CallerScope} and {@link
 * CallerContext}; active where the application switched it on ({@code
 * spring.reactor.context-propagation=auto}).
 */
public final class CallerAccessor implements ThreadLocalAccessor<Caller> {

  @Override
  public Object key() {
    return CallerContext.KEY;
  }

  @Override
  public @Nullable Caller getValue() {
    return CallerScope.current().orElse(null);
  }

  @Override
  public void setValue(Caller caller) {
    CallerScope.open(caller);
  }

  @Override
  public void setValue() {
    CallerScope.open(null);
  }
}
