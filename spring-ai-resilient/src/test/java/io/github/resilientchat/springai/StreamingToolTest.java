package io.github.resilientchat.springai;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.springframework.ai.chat.client.ChatClient;
import reactor.core.Disposable;

class StreamingToolTest extends ToolContract {

  private static final Duration AT_MOST = Duration.ofSeconds(30);

  @Override
  String ask(ChatClient.ChatClientRequestSpec request) {
    return String.join(
        "", Objects.requireNonNull(request.stream().content().collectList().block(AT_MOST)));
  }

  @Override
  void leave(ChatClient.ChatClientRequestSpec request, CountDownLatch when)
      throws InterruptedException {
    Disposable subscription = request.stream().content().subscribe();
    assertThat(when.await(30, TimeUnit.SECONDS)).isTrue();
    subscription.dispose();
  }
}
