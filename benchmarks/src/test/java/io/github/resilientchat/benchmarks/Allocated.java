package io.github.resilientchat.benchmarks;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.OptionalLong;

/** Bytes that threads have allocated so far. Never time: it says more, and the same every day. */
public final class Allocated {

  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private Allocated() {}

  public static long byThisThread() {
    return THREADS.getThreadAllocatedBytes(Thread.currentThread().getId());
  }

  /**
   * By all threads while this runs, those that carry virtual ones included; nothing when a thread
   * ended meanwhile, and took along what it had allocated.
   */
  public static OptionalLong byAllThreadsDuring(Runnable work) {
    // Plain arrays, as maps of their own would teach the compiler about those of the engine.
    long[] before = THREADS.getAllThreadIds();
    long[] had = THREADS.getThreadAllocatedBytes(before);
    work.run();
    long[] after = THREADS.getAllThreadIds();
    long[] have = THREADS.getThreadAllocatedBytes(after);
    long bytes = 0;
    for (long each : have) {
      if (each > 0) {
        bytes += each;
      }
    }
    for (int at = 0; at < before.length; at++) {
      if (had[at] > 0) {
        if (of(before[at], after, have) <= 0) {
          return OptionalLong.empty();
        }
        bytes -= had[at];
      }
    }
    return OptionalLong.of(bytes);
  }

  private static long of(long id, long[] ids, long[] bytes) {
    for (int at = 0; at < ids.length; at++) {
      if (ids[at] == id) {
        return bytes[at];
      }
    }
    return -1;
  }
}
