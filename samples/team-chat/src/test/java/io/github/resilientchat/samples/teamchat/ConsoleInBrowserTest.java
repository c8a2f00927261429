package io.github.resilientchat.samples.teamchat;

import static java.net.http.HttpRequest.BodyPublishers.noBody;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.resilientchat.core.engine.Engine;
import io.github.resilientchat.core.operation.Operations;
import io.github.resilientchat.core.operation.Part;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.By;
import org.openqa.selenium.Dimension;
import org.openqa.selenium.Keys;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.StaleElementReferenceException;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.support.ui.FluentWait;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * An operator at her live page, in Chromium with its driver, where both are found: the packages
 * {@code chromium} and {@code chromium-driver} of Debian. Skipped, and said so, elsewhere.
 */
class ConsoleInBrowserTest {

  private static final String EAST = "tr[data-target*='us-east-1']";
  private static final String WEST = "tr[data-target*='us-west-2']";

  private final ExecutorService traffic = Executors.newSingleThreadExecutor();
  private ConfigurableApplicationContext application;
  private ChromeDriver browser;
  private String origin;
  private final HttpClient http = HttpClient.newHttpClient();
  private volatile boolean over;
  private volatile String wrong = "not begun";

  @BeforeEach
  void start() {
    Chromium chromium = Chromium.found();
    application =
        new SpringApplicationBuilder(TeamChatApplication.class)
            .web(WebApplicationType.SERVLET)
            .properties("spring.main.cloud-platform=none", "spring.main.banner-mode=off")
            .run("--server.port=0", "--resilient.quotas.plans.pro.limits=100000rpm");
    origin = "http://localhost:" + application.getEnvironment().getProperty("local.server.port");
    browser = chromium.open();
  }

  @AfterEach
  void stop() {
    over = true;
    traffic.shutdownNow();
    if (browser != null) {
      browser.quit();
    }
    if (application != null) {
      application.close();
    }
  }

  private void signIn(String name) {
    browser.get(origin + "/actuator/resilient-console");
    browser.findElement(By.name("username")).sendKeys(name);
    browser.findElement(By.name("password")).sendKeys("secret");
    browser.findElement(By.cssSelector("button[type=submit]")).click();
  }

  private void until(String what, java.util.function.BooleanSupplier is) {
    new FluentWait<>(browser)
        .withTimeout(Duration.ofSeconds(60))
        .pollingEvery(Duration.ofMillis(200))
        .ignoring(StaleElementReferenceException.class)
        .withMessage(() -> what + "; traffic: " + wrong + "; page: " + text("body"))
        .until(page -> is.getAsBoolean());
  }

  private String text(String css) {
    return String.join(
        " ",
        browser.findElements(By.cssSelector(css)).stream().map(each -> each.getText()).toList());
  }

  private long attempts(String row) {
    String said = text(row + " td[data-of=Attempts]").replaceFirst("^\\D*", "");
    String number = said.replaceFirst("\\D.*", "");
    return number.isEmpty() ? 0 : Long.parseLong(number);
  }

  /**
   * By its label, as who cannot see it would find it; drawn anew while one looks for it. Of two
   * that are pressed at once the page tells what came last, so that each is answered before the
   * next.
   */
  private void press(String label, String answer) {
    browser.executeScript("document.getElementById('said').textContent = ''");
    until(
        label,
        () -> {
          var found = browser.findElements(By.cssSelector("button[aria-label^='" + label + "']"));
          found.stream().findFirst().ifPresent(each -> each.click());
          return !found.isEmpty();
        });
    until(label + " is answered", () -> text("#said").contains(answer));
  }

  /** Over HTTP, as members do; what goes wrong is told with what the page shows. */
  private void ask() {
    try {
      String token = send(request("/sign-in", "Basic " + base64("alice:secret")).POST(noBody()));
      while (!over) {
        wrong = send(request("/langchain4j/ask?question=Hello", "Bearer " + token));
      }
    } catch (Exception e) {
      wrong = e.toString();
    }
  }

  private String send(HttpRequest.Builder request) throws Exception {
    HttpResponse<String> answer = http.send(request.build(), BodyHandlers.ofString());
    return answer.statusCode() == 200 ? answer.body() : answer.statusCode() + answer.body();
  }

  private HttpRequest.Builder request(String path, String authorization) {
    return HttpRequest.newBuilder(URI.create(origin + path)).header("Authorization", authorization);
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void operatorHurtsARegionSeesCallsMoveAndDrainsATarget() throws Exception {
    signIn("alice");
    traffic.submit(this::ask);
    until("calls go to us-east-1", () -> attempts(EAST) > 2);
    assertThat(browser.getTitle()).isEqualTo("Resilient Chat");

    press("Throttle us-east-1", "Simulator: done.");
    until("us-east-1 rests", () -> text(EAST + " td[data-of=State]").contains("resting"));
    until("calls go to us-west-2", () -> attempts(WEST) > 2);
    until("decisions are told", () -> text("#decisions").contains("THROTTLED"));
    until("callers are hashed", () -> text("#callers").matches("[0-9a-f]{8}: \\d+ calls?"));
    staysWhereItIsLookedAt();
    pictures();

    press("Heal us-east-1", "Simulator: done.");
    press("End the rest of", "rest target");
    press("Drain chat, us.anthropic.claude-sonnet", "drain target");
    assertThat(text("#said")).contains("done");
    until("us-east-1 is drained", () -> text(EAST + " td[data-of=State]").contains("drained"));
    browser.get(origin + "/actuator/resilient/drained");
    assertThat(browser.getPageSource()).contains("target").contains("us-east-1");
  }

  @Test
  void targetsOfADrainedRegionAreLetInWithItByTheKeyboard() {
    Operations operations = application.getBean(Engine.class).operations();
    operations.drain(Part.region("us-east-1"));
    signIn("alice");

    until("it is told", () -> text(EAST).contains("drained with region us-east-1"));
    assertThat(browser.findElements(By.cssSelector(EAST + " button[aria-label*='rain chat']")))
        .as("a button that would do nothing")
        .isEmpty();
    assertThat(text(WEST)).doesNotContain("rained with");
    until("the list tells it", () -> text("#parts").contains("region us-east-1"));
    enter("Undrain region us-east-1");

    until("nothing is drained", () -> operations.drained().isEmpty());
    until("it is told", () -> text(EAST + " td[data-of=State]").contains("ready"));
    assertThat(text(EAST)).doesNotContain("rained");
    until("the list is empty", () -> !text("#parts").contains("us-east-1"));
    assertThat(browser.switchTo().activeElement().getAttribute("id"))
        .as("the keyboard is where it was")
        .isEqualTo("parts");
  }

  /** As who has no pointer; drawn anew while one looks for it. */
  private void enter(String label) {
    until(
        label,
        () -> {
          var found = browser.findElements(By.cssSelector("button[aria-label='" + label + "']"));
          found.stream().findFirst().ifPresent(each -> each.sendKeys(Keys.ENTER));
          return !found.isEmpty();
        });
  }

  @Test
  void memberWithoutTheRoleSeesNothing() {
    signIn("bob");

    assertThat(browser.getPageSource()).doesNotContain("Targets").doesNotContain("us-east-1");
    browser.get(origin + "/actuator/resilient-console/events?viewer=0123456789abcdef");
    assertThat(browser.getPageSource()).doesNotContain("us-east-1");
  }

  /** Drawn again under the pressed button, which is out of sight. */
  private void staysWhereItIsLookedAt() {
    browser.executeScript(
        "window.scrollTo(0, 0); document.querySelector('#regions').firstChild.id = 'old'");
    until("regions are drawn again", () -> browser.findElements(By.id("old")).isEmpty());
    assertThat(browser.switchTo().activeElement().getAttribute("aria-label"))
        .isEqualTo("Throttle us-east-1");
    assertThat(browser.executeScript("return window.scrollY")).isEqualTo(0L);
  }

  /** In the light, in the dark and on a phone. */
  private void pictures() throws IOException {
    scheme("light");
    picture("console-light.png", new Dimension(1280, 1000));
    scheme("dark");
    picture("console-dark.png", new Dimension(1280, 1000));
    scheme("light");
    picture("console-phone.png", new Dimension(390, 844));
    Long wide = (Long) browser.executeScript("return document.documentElement.scrollWidth");
    Long there = (Long) browser.executeScript("return window.innerWidth");
    assertThat(wide).as("nothing is cut on a phone").isLessThanOrEqualTo(there);
    browser.manage().window().setSize(new Dimension(1280, 1000));
  }

  private void scheme(String scheme) {
    browser.executeCdpCommand(
        "Emulation.setEmulatedMedia",
        Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", scheme))));
  }

  private void picture(String name, Dimension size) throws IOException {
    browser.manage().window().setSize(size);
    browser.executeScript("window.scrollTo(0, 0)");
    Path folder = Path.of(System.getProperty("screenshots.folder", "target/screenshots"));
    Files.createDirectories(folder);
    Files.write(folder.resolve(name), browser.getScreenshotAs(OutputType.BYTES));
  }
}
