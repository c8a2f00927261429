package io.github.resilientchat.samples.teamchat;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.resilientchat.simulator.Answer;
import io.github.resilientchat.simulator.BedrockSimulator;
import io.github.resilientchat.simulator.Fault;
import java.time.Duration;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openqa.selenium.By;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.support.ui.FluentWait;
import org.openqa.selenium.support.ui.Select;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/** A member at the page, in Chromium where that is found; skipped, and said so, elsewhere. */
class ChatInBrowserTest {

  private ConfigurableApplicationContext application;
  private ChromeDriver browser;
  private BedrockSimulator bedrock;

  private void open(Class<?>... more) {
    Chromium chromium = Chromium.found();
    application =
        new SpringApplicationBuilder(TeamChatApplication.class)
            .sources(more)
            .web(WebApplicationType.SERVLET)
            .properties("spring.main.cloud-platform=none", "spring.main.banner-mode=off")
            .run("--server.port=0");
    bedrock = application.getBean(BedrockSimulator.class);
    browser = chromium.open();
    browser.get(
        "http://localhost:" + application.getEnvironment().getProperty("local.server.port") + "/");
  }

  @AfterEach
  void stop() {
    if (browser != null) {
      browser.quit();
    }
    if (application != null) {
      application.close();
    }
  }

  /** The page says how an answer ended a moment before it takes the next question. */
  private void ask(String framework) {
    new Select(browser.findElement(By.id("framework"))).selectByValue(framework);
    WebElement button = browser.findElement(By.id("ask"));
    until("the next question", button::isEnabled);
    button.click();
  }

  private void until(String state) {
    until(state, () -> text("state").contains(state));
  }

  private void until(String what, BooleanSupplier is) {
    new FluentWait<>(browser)
        .withTimeout(Duration.ofSeconds(60))
        .pollingEvery(Duration.ofMillis(100))
        .withMessage(() -> what + " does not come; page: " + text("state") + text("answer"))
        .until(page -> is.getAsBoolean());
  }

  /** A client has its whole answer a moment before the exchange ends and is counted. */
  private int asked() throws TimeoutException {
    bedrock.awaitIdle(Duration.ofSeconds(60));
    return bedrock.invocations().size();
  }

  private String text(String id) {
    return browser.findElement(By.id(id)).getText();
  }

  @ParameterizedTest
  @ValueSource(strings = {"spring-ai", "langchain4j"})
  void aWholeAnswerAndABrokenOneAreToldApartAndNothingIsAskedTwice(String framework)
      throws Exception {
    open(Paced.class);
    bedrock.answer(call -> Answer.text("one two three four five six"));
    ask(framework);
    until("That is all of it.");
    assertThat(text("answer")).isEqualTo("one two three four five six");

    bedrock.fault(Fault.streamException(4, "modelStreamErrorException", "broken").times(1));
    ask(framework);
    until("The answer broke off. (502)");

    assertThat(text("answer")).startsWith("one").doesNotContain("six");
    assertThat(asked()).isEqualTo(2);
    ask(framework);
    until("That is all of it.");
    assertThat(asked()).isEqualTo(3);
  }

  @ParameterizedTest
  @ValueSource(strings = {"spring-ai", "langchain4j"})
  void aRefusalSaysWhenToComeBack(String framework) throws Exception {
    open();
    for (int i = 0; i < 5; i++) {
      ask(framework);
      until("That is all of it.");
    }

    ask(framework);

    until("Come back in ");
    assertThat(asked()).isEqualTo(5);
  }
}
