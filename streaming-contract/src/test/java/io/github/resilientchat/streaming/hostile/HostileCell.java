package io.github.resilientchat.streaming.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.resilientchat.simulator.Answer;
import io.github.resilientchat.simulator.ConverseCall;
import io.github.resilientchat.streaming.Lab;
import io.github.resilientchat.streaming.Shape;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** One extension that behaves in one way, in one shape: makes the call and looks what it left. */
record HostileCell(
    Row row, Behaviour behaviour, Shape shape, Ending ending, Lab lab, AtomicInteger asked) {

  /** Well below the time that an extension blocks, and more than a slow machine takes. */
  private static final long UNDISTURBED_SECONDS = 20;

  private static final ExecutorService BYSTANDERS =
      Executors.newSingleThreadExecutor(
          task -> {
            Thread thread = new Thread(task, Hostility.BYSTANDER);
            thread.setDaemon(true);
            return thread;
          });

  private Answer answer(ConverseCall call) {
    if (call.lastUserText().equals(Targets.VICTIMS)) {
      asked.incrementAndGet();
    }
    return Targets.answer(call);
  }

  /** Whether the victim's request came to any target. */
  boolean wasAsked() {
    return asked.get() > 0;
  }

  void run() throws Exception {
    lab.bedrock.reset();
    lab.bedrock.answer(this::answer);
    row.point.course.prepare(lab.bedrock);
    Hostility hostility = new Hostility(row.point, behaviour);
    World world = new World(lab, hostility);
    Side side =
        shape == Shape.CHAT || shape == Shape.HANDLER
            ? new LangChain4jSide(world)
            : new SpringSide(world);
    Heard heard = new Heard();
    Victim victim = side.victim(shape, heard);

    hostility.against(victim);
    Thread caller = new Thread(victim::converse, "victim");
    caller.start();
    assertThat(hostility.awaitEntered()).as("the extension was asked").isTrue();
    try {
      String other = BYSTANDERS.submit(side::bystander).get(UNDISTURBED_SECONDS, TimeUnit.SECONDS);
      assertThat(other).as("the bystander's answer").matches(Targets::isAnswer);
    } finally {
      hostility.release();
    }
    caller.join(Lab.AT_MOST.toMillis());
    assertThat(caller.isAlive()).as("the caller's thread is still busy").isFalse();
    new Aftermath(this, world, side, heard).check();
  }
}
