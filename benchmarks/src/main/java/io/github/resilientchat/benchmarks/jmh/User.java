package io.github.resilientchat.benchmarks.jmh;

import io.github.resilientchat.core.Caller;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.infra.ThreadParams;

/** Who calls: each thread for a user of its own. */
@State(Scope.Thread)
public class User {

  Caller caller = Workload.caller(0);
  String name = Workload.user(0);

  @Setup
  public void setUp(ThreadParams thread) {
    caller = Workload.caller(thread.getThreadIndex());
    name = Workload.user(thread.getThreadIndex());
  }
}
