package io.github.resilientchat.core.fleet;

import java.util.function.Consumer;

/** Nobody to tell, and nobody to hear. */
final class Alone implements Fleet {

  @Override
  public void tell(News news) {}

  @Override
  public void join(Consumer<News> ear) {}

  @Override
  public void close() {}
}
