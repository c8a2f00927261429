package io.github.resilientchat.core.fleet;

import java.util.function.Consumer;

/**
 * The instances of an application. What one tells all others hear, those that start later too, as
 * long as it holds. Decides nothing. Thread-safe.
 */
public interface Fleet extends AutoCloseable {

  /** An instance that is alone. */
  Fleet NONE = new Alone();

  /**
   * Tells all others. Never blocks and never throws; while the way to them is cut, the last word on
   * each thing is kept, and told when it is open again.
   */
  void tell(News news);

  /**
   * Hears what others tell, from now on and what holds already. Said once, by one engine.
   *
   * @param ear may hear the same again; told on the fleet's own threads, one thing at a time
   */
  void join(Consumer<News> ear);

  /** Shares the limits of targets from now on, by what each instance wants. Said once. */
  void share(Slices slices);

  /** The slice of each target's limits that an instance has until it is given another one. */
  double firstSlice();

  @Override
  void close();
}
