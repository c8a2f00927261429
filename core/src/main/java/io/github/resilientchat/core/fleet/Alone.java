package io.github.resilientchat.core.fleet;

import java.util.function.Consumer;

/** Nobody to tell, and nobody to hear. */
final class Alone implements Fleet {

  @Override
  public void tell(News news) {}

  @Override
  public void join(Consumer<News> ear) {}

  @Override
  public void share(Slices slices) {}

  @Override
  public double firstSlice() {
    return 1;
  }

  @Override
  public void close() {}
}
