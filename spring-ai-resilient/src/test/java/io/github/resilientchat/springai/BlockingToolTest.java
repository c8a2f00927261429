package io.github.resilientchat.springai;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.springframework.ai.chat.client.ChatClient;

class BlockingToolTest extends ToolContract {

  @Override
  String ask(ChatClient.ChatClientRequestSpec request) {
    return request.call().content();
  }

  @Override
  void leave(ChatClient.ChatClientRequestSpec request, CountDownLatch when)
      throws InterruptedException {
    AtomicReference<Throwable> end = new AtomicReference<>();
    Thread caller = new Thread(() -> ask(request), "caller");
    caller.setUncaughtExceptionHandler((thread, error) -> end.set(error));
    caller.start();
    assertThat(when.await(30, TimeUnit.SECONDS)).isTrue();
    caller.interrupt();
    caller.join(60_000);
    assertThat(end.get()).isNotNull();
  }
}
