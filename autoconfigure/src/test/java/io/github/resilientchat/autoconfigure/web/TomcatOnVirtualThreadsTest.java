package io.github.resilientchat.autoconfigure.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;
import org.springframework.boot.WebApplicationType;

/** All of it on virtual threads; the build runs it on Java 25 where it finds that. */
@Tag("virtual-threads")
@EnabledForJreRange(min = JRE.JAVA_21)
class TomcatOnVirtualThreadsTest extends EdgeContract {

  @Override
  WebApplicationType type() {
    return WebApplicationType.SERVLET;
  }

  @Override
  List<String> more() {
    return List.of("spring.threads.virtual.enabled=true");
  }

  @Test
  void requestsAndAsyncMethodsRunOnVirtualThreads() throws Exception {
    assertThat(get("/threads", "alice").body().split("VirtualThread\\[", -1)).hasSize(3);
  }
}
