package io.github.resilientchat.benchmarks.jmh;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** How much of the time the calling thread had a processor; the rest is the machine's, not ours. */
@AuxCounters(AuxCounters.Type.EVENTS)
@State(Scope.Thread)
public class Processor {

  static final String WORKED = "worked";
  static final String PASSED = "passed";

  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  public long worked;
  public long passed;

  private long workedBefore;
  private long began;

  @Setup(Level.Iteration)
  public void begin() {
    began = System.nanoTime();
    workedBefore = THREADS.getCurrentThreadCpuTime();
  }

  @TearDown(Level.Iteration)
  public void end() {
    worked = THREADS.getCurrentThreadCpuTime() - workedBefore;
    passed = System.nanoTime() - began;
  }
}
