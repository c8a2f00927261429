package io.github.resilientchat.compatibility.newcomer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.when;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;

import io.github.resilientchat.core.engine.Engine;
import org.junit.jupiter.api.Test;
import org.springframework.ai.chat.client.ChatClient;
import org.springframework.ai.chat.memory.ChatMemory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.autoconfigure.web.servlet.AutoConfigureMockMvc;
import org.springframework.boot.test.autoconfigure.web.servlet.WebMvcTest;
import org.springframework.context.ApplicationContext;
import org.springframework.test.context.bean.override.mockito.MockitoBean;
import org.springframework.test.web.servlet.MockMvc;

/** A slice has the application's controllers, and nothing of this library. */
@WebMvcTest(NewcomersApplication.Endpoints.class)
@AutoConfigureMockMvc(addFilters = false)
class WebSliceTest {

  @MockitoBean private NewcomersApplication.Assistant assistant;
  @MockitoBean private NewcomersApplication.Later later;
  @MockitoBean private ChatClient.Builder client;
  @MockitoBean private ChatMemory memory;
  @Autowired private MockMvc mvc;
  @Autowired private ApplicationContext context;

  @Test
  void controllerAsksTheMock() throws Exception {
    when(assistant.chat("Hello")).thenReturn("mocked");

    String answer =
        mvc.perform(get("/langchain4j/ask")).andReturn().getResponse().getContentAsString();

    assertThat(answer).isEqualTo("mocked");
    assertThat(context.getBeansOfType(Engine.class)).isEmpty();
  }
}
