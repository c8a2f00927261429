package io.github.resilientchat.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.resilientchat.autoconfigure.operation.OperatorChange;
import io.github.resilientchat.autoconfigure.operation.OperatorChanges;
import io.github.resilientchat.autoconfigure.route.ConfiguredRoutes;
import io.github.resilientchat.autoconfigure.route.RoutesNow;
import io.github.resilientchat.core.Caller;
import io.github.resilientchat.core.ModelCall;
import io.github.resilientchat.core.Ticker;
import io.github.resilientchat.core.TokenEstimate;
import io.github.resilientchat.core.adapter.Attempt;
import io.github.resilientchat.core.engine.Engine;
import io.github.resilientchat.core.operation.Operations;
import io.github.resilientchat.core.operation.Part;
import io.github.resilientchat.core.report.CallReport;
import io.github.resilientchat.simulator.BedrockSimulator;
import io.github.resilientchat.simulator.Fault;
import io.micrometer.core.instrument.MeterRegistry;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ApplicationListener;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.PayloadApplicationEvent;

/** What the page is served, over real HTTP, on the application's port and on one of its own. */
class ConsoleTest {

  private static final String PAGE = "/actuator/resilient-console";
  private static final String VIEWER = "?viewer=0123456789abcdef";

  private final HttpClient http = HttpClient.newHttpClient();
  private final List<OperatorChange> changes = new ArrayList<>();
  private ConfigurableApplicationContext application;
  private String origin;

  private void start(WebApplicationType type, boolean ownPort, String... properties) {
    application =
        new SpringApplicationBuilder(WatchedApplication.class)
            .web(type)
            .properties(
                "server.port=0",
                "spring.main.cloud-platform=none",
                "spring.main.banner-mode=off",
                "resilient.backend=simulator",
                "resilient.console.enabled=true",
                "resilient.identity.anonymous=shared",
                "resilient.routes.chat.targets=us.amazon.nova-lite-v1:0@us-east-1,"
                    + " us.amazon.nova-lite-v1:0@us-west-2",
                "resilient.routes.chat.strategy=ordered")
            .properties(ownPort ? "management.server.port=0" : "none=none")
            .properties(properties)
            .run();
    application.addApplicationListener(
        (ApplicationListener<PayloadApplicationEvent<OperatorChange>>)
            event -> changes.add(event.getPayload()));
    String port =
        application
            .getEnvironment()
            .getProperty(ownPort ? "local.management.port" : "local.server.port");
    origin = "http://127.0.0.1:" + port;
  }

  @AfterEach
  void stop() {
    application.close();
  }

  private HttpRequest.Builder request(String path, String user) {
    String credentials =
        Base64.getEncoder().encodeToString((user + ":secret").getBytes(StandardCharsets.UTF_8));
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(origin + path)).timeout(Duration.ofSeconds(60));
    return user.isEmpty() ? request : request.header("Authorization", "Basic " + credentials);
  }

  private HttpResponse<String> get(String path, String user) throws Exception {
    return http.send(request(path, user).build(), BodyHandlers.ofString());
  }

  private HttpResponse<String> post(String path, String user, String proof) throws Exception {
    return http.send(
        request(path, user)
            .header("Resilient-Console", proof)
            .POST(BodyPublishers.noBody())
            .build(),
        BodyHandlers.ofString());
  }

  private String proof() throws Exception {
    Matcher proof =
        Pattern.compile("name=\"proof\" content=\"([0-9a-f]+)\"").matcher(get(PAGE, "olga").body());
    assertThat(proof.find()).isTrue();
    return proof.group(1);
  }

  private void call() {
    Engine engine = application.getBean(Engine.class);
    ConfiguredRoutes routes = application.getBean(ConfiguredRoutes.class);
    ModelCall call = ModelCall.blocking(Caller.user("secret-name"), new TokenEstimate(10, 10));
    ((Attempt) engine.router(routes.route("chat")).begin(call)).completed(null);
  }

  @ParameterizedTest
  @CsvSource({"SERVLET,false", "SERVLET,true", "REACTIVE,false", "REACTIVE,true"})
  void pageIsServedWithRulesThatLetNothingElseIn(WebApplicationType type, boolean ownPort)
      throws Exception {
    start(type, ownPort);

    HttpResponse<String> page = get(PAGE, "olga");

    assertThat(page.statusCode()).isEqualTo(200);
    assertThat(page.headers().firstValue("Content-Type").orElseThrow()).startsWith("text/html");
    assertThat(page.headers().firstValue("Content-Security-Policy").orElseThrow())
        .contains("default-src 'none'", "script-src 'self'", "frame-ancestors 'none'")
        .doesNotContain("unsafe");
    assertThat(page.headers().firstValue("Cache-Control")).hasValue("no-store");
    assertThat(page.body())
        .doesNotContainPattern("<script(?![^>]*src=)")
        .doesNotContainPattern("\\son[a-z]+=")
        .doesNotContainPattern("style=")
        .doesNotContain("://");
    assertThat(get(PAGE + "/console.js", "olga").headers().firstValue("Content-Type").orElseThrow())
        .startsWith("text/javascript");
    assertThat(
            get(PAGE + "/console.css", "olga").headers().firstValue("Content-Type").orElseThrow())
        .startsWith("text/css");
  }

  @ParameterizedTest
  @CsvSource({
    "SERVLET,false,/",
    "SERVLET,true,/",
    "REACTIVE,false,/",
    "REACTIVE,true,/",
    "SERVLET,false,/manage/"
  })
  void pageIsBesideTheEndpointsWhereverTheyAre(WebApplicationType type, boolean own, String base)
      throws Exception {
    start(type, own, "management.endpoints.web.base-path=" + base);
    String page = (base + "resilient-console");

    HttpResponse<String> served = get(page, "olga");

    assertThat(served.statusCode()).isEqualTo(200);
    Matcher links =
        Pattern.compile("(?:src|href)=\"(resilient-console/[^\"]+)\"").matcher(served.body());
    List<String> linked = new ArrayList<>();
    while (links.find()) {
      linked.add(URI.create(origin + page).resolve(links.group(1)).getPath());
    }
    assertThat(linked).hasSize(2);
    for (String path : linked) {
      assertThat(get(path, "olga").statusCode()).as(path).isEqualTo(200);
    }
    assertThat(get(page + "/events" + VIEWER, "olga").body()).contains("event: state");
    assertThat(get(PAGE, "olga").statusCode()).isEqualTo(404);
    assertThat(get(page, "mia").statusCode()).isEqualTo(403);
  }

  @ParameterizedTest
  @CsvSource({"SERVLET,false", "SERVLET,true", "REACTIVE,false", "REACTIVE,true"})
  void whoHasNotTheRoleSeesNothingAndChangesNothing(WebApplicationType type, boolean ownPort)
      throws Exception {
    start(type, ownPort);
    String proof = proof();

    for (String path :
        List.of(
            PAGE,
            PAGE + "/console.js",
            PAGE + "/console.css",
            PAGE + "/settings",
            PAGE + "/events" + VIEWER)) {
      HttpResponse<String> answer = get(path, "mia");
      assertThat(answer.statusCode()).as(path).isEqualTo(403);
      assertThat(answer.body()).doesNotContain("us-east-1").doesNotContain("Targets");
      assertThat(get(path, "").statusCode()).isEqualTo(401);
    }
    assertThat(post(PAGE + "/change?action=drain&region=us-east-1", "mia", proof).statusCode())
        .isEqualTo(403);
    assertThat(application.getBean(Engine.class).operations().drained()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"SERVLET,false", "REACTIVE,true"})
  void whatIsInForceIsToldWithWhoSaysIt(WebApplicationType type, boolean ownPort) throws Exception {
    start(type, ownPort);

    HttpResponse<String> settings = get(PAGE + "/settings", "olga");

    assertThat(settings.headers().firstValue("Content-Type")).hasValue("application/json");
    assertThat(settings.body())
        .contains("\"name\":\"chat\"", "\"isDefault\":true", "\"source\":\"resilient.routes.chat\"")
        .doesNotContain("AKIA");
    assertThat(get(PAGE, "olga").body()).contains("id=\"in-force\"", "id=\"settings\"");
  }

  @ParameterizedTest
  @CsvSource({"SERVLET,false", "REACTIVE,true"})
  void eventsTellHowTargetsAreAndWhatWasDecidedAndResume(WebApplicationType type, boolean ownPort)
      throws Exception {
    start(type, ownPort);
    get(PAGE + "/events" + VIEWER, "olga");
    call();
    call();

    HttpResponse<String> events = get(PAGE + "/events" + VIEWER, "olga");

    assertThat(events.headers().firstValue("Content-Type").orElseThrow())
        .startsWith("text/event-stream");
    assertThat(events.body())
        .startsWith("retry: 1000\n\nevent: decisions\nid: 2\ndata: [{\"number\":1,")
        .contains("event: state\nid: 2\ndata: {\"routes\":[{\"name\":\"chat\",\"canAnswer\":true")
        .contains("\"ending\":\"answered\"")
        .doesNotContain("secret-name");

    call();
    HttpRequest.Builder resumed =
        request(PAGE + "/events" + VIEWER, "olga").header("Last-Event-ID", "2");
    String missed = http.send(resumed.build(), BodyHandlers.ofString()).body();
    assertThat(missed).contains("[{\"number\":3,").doesNotContain("\"number\":2");
    HttpRequest.Builder ofAnotherStart =
        request(PAGE + "/events" + VIEWER, "olga").header("Last-Event-ID", "999");
    assertThat(http.send(ofAnotherStart.build(), BodyHandlers.ofString()).body())
        .contains("\"number\":1,");
  }

  @ParameterizedTest
  @CsvSource({"SERVLET,false"})
  void decisionThatComesWhileTheyAreAskedForIsToldOnce(WebApplicationType type, boolean own) {
    start(type, own);
    call();
    CallReport report = application.getBean(Traffic.class).after(0).get(0).report();
    Operations operations = application.getBean(Engine.class).operations();
    Ticker ticker = Ticker.system();
    Traffic busy = new Busy(report);
    Console console =
        new Console(
            (principal, host) -> true,
            new Sampler(operations, busy, () -> null, ticker),
            busy,
            application.getBean(OperatorChanges.class),
            () -> null,
            ticker,
            application.getBean(RoutesNow.class)::plans);
    List<Long> told = new ArrayList<>();
    long last = 0;

    for (int look = 0; look < 5; look++) {
      String events = String.valueOf(console.events("0123456789abcdef", last));
      told.addAll(numbers("\"number\":(\\d+)", events));
      last = numbers("id: (\\d+)", events).get(0);
    }

    assertThat(told).containsExactlyElementsOf(LongStream.rangeClosed(1, last).boxed().toList());
    assertThat(last).isGreaterThanOrEqualTo(5);
  }

  /** A call ends whenever somebody has just heard which one was the last. */
  private static final class Busy extends Traffic {

    private final CallReport report;

    Busy(CallReport report) {
      this.report = report;
    }

    @Override
    long last() {
      long last = super.last();
      onCall(report);
      return last;
    }
  }

  private static List<Long> numbers(String pattern, String in) {
    return Pattern.compile(pattern)
        .matcher(in)
        .results()
        .map(each -> Long.parseLong(each.group(1)))
        .toList();
  }

  @ParameterizedTest
  @CsvSource({"SERVLET,false", "REACTIVE,true"})
  void whateverWasDrainedIsToldAndLetInAgainAsItWasDrained(WebApplicationType type, boolean own)
      throws Exception {
    start(type, own);
    Operations operations = application.getBean(Engine.class).operations();
    String target = operations.routes().get(0).targets().get(0).target().name();
    operations.drain(Part.region("us-east-1"));
    operations.drain(Part.account("default"));
    operations.drain(Part.target(target));

    String events = get(PAGE + "/events" + VIEWER, "olga").body();

    String region = "{\"kind\":\"region\",\"name\":\"us-east-1\"}";
    String account = "{\"kind\":\"account\",\"name\":\"default\"}";
    String alone = "{\"kind\":\"target\",\"name\":\"" + target + "\"}";
    assertThat(events.substring(events.indexOf("\"drained\":"))).contains(region, account, alone);
    assertThat(events.split("\"drainedWith\":", -1)).hasSize(3);
    assertThat(events.split("\"drainedWith\":", -1)[1])
        .satisfies(
            of -> assertThat(of.substring(0, of.indexOf(']'))).contains(region, account, alone));
    assertThat(events.split("\"drainedWith\":", -1)[2]).startsWith("[" + account + "]");
    for (Part part : List.copyOf(operations.drained())) {
      String said = part.kind().name().toLowerCase(Locale.ROOT) + "=" + encoded(part.name());
      String undrain = PAGE + "/change?action=undrain&" + said;
      assertThat(post(undrain, "olga", proof()).body()).contains("\"changed\":true");
    }
    assertThat(operations.drained()).isEmpty();
  }

  private static String encoded(String name) {
    return URLEncoder.encode(name, StandardCharsets.UTF_8);
  }

  @ParameterizedTest
  @CsvSource({"SERVLET,false", "REACTIVE,true"})
  void changesNeedTheProofOfThePageAndAreMadeForWhoSignedIn(WebApplicationType type, boolean own)
      throws Exception {
    start(type, own);
    String drain = PAGE + "/change?action=drain&region=us-east-1";

    assertThat(post(drain, "olga", "0000").statusCode()).isEqualTo(403);
    assertThat(application.getBean(Engine.class).operations().drained()).isEmpty();
    HttpResponse<String> tried = post(drain + "&dryRun=true", "olga", proof());
    assertThat(tried.body()).contains("\"dryRun\":true");
    assertThat(application.getBean(Engine.class).operations().drained()).isEmpty();

    HttpResponse<String> drained = post(drain, "olga", proof());

    assertThat(drained.statusCode()).as(drained.body()).isEqualTo(200);
    assertThat(drained.body()).contains("\"changed\":true").contains("\"leavesNobody\":[]");
    assertThat(application.getBean(Engine.class).operations().drained())
        .containsExactly(Part.region("us-east-1"));
    assertThat(changes).extracting(OperatorChange::by).containsExactly("olga");
    assertThat(post(PAGE + "/change?action=explode", "olga", proof()).statusCode()).isEqualTo(400);
    assertThat(post(PAGE + "/change?action=drain", "olga", proof()).statusCode()).isEqualTo(400);
  }

  @ParameterizedTest
  @CsvSource({"SERVLET,false"})
  void simulatorHurtsAndHealsRegions(WebApplicationType type, boolean ownPort) throws Exception {
    start(type, ownPort);
    String to = PAGE + "/simulator?region=us-east-1&action=";

    assertThat(post(to + "throttle", "olga", proof()).body())
        .contains("\"region\":\"us-east-1\"")
        .contains("\"does\":\"throttle\"");
    assertThat(post(to + "heal", "olga", proof()).body()).isEqualTo("[]");
    assertThat(post(to + "explode", "olga", proof()).statusCode()).isEqualTo(400);
    assertThat(post(to + "kill", "olga", "").statusCode()).isEqualTo(403);
  }

  @ParameterizedTest
  @CsvSource({"SERVLET,false"})
  void faultsThatOthersSetAreTheirs(WebApplicationType type, boolean ownPort) throws Exception {
    start(type, ownPort);
    BedrockSimulator simulator = application.getBean(BedrockSimulator.class);
    Fault theirs = Fault.latency(Duration.ofMillis(1)).region("us-west-2");
    simulator.fault(theirs);
    String to = PAGE + "/simulator?region=us-east-1&action=";

    post(to + "kill", "olga", proof());
    post(to + "throttle", "olga", proof());
    assertThat(simulator.isInForce(theirs)).isTrue();
    assertThat(post(to + "heal", "olga", proof()).body()).isEqualTo("[]");
    assertThat(simulator.isInForce(theirs)).isTrue();

    post(to + "kill", "olga", proof());
    simulator.clearFaults();
    assertThat(get(PAGE + "/events" + VIEWER, "olga").body())
        .as("what another ended is not shown as going on")
        .doesNotContain("\"does\":\"kill\"");
  }

  @ParameterizedTest
  @CsvSource({"SERVLET,false"})
  void twentyLookAndNoMore(WebApplicationType type, boolean ownPort) throws Exception {
    start(type, ownPort, "time.stands=true");
    for (int viewer = 0; viewer < 20; viewer++) {
      String path = PAGE + "/events?viewer=" + String.format("%08x", viewer);
      assertThat(get(path, "olga").statusCode()).isEqualTo(200);
    }

    assertThat(
            application.getBean(MeterRegistry.class).get("resilient.sse.viewers").gauge().value())
        .isEqualTo(20);
    assertThat(get(PAGE + "/events?viewer=99999999", "olga").statusCode()).isEqualTo(503);
    assertThat(get(PAGE + "/events?viewer=00000000", "olga").statusCode()).isEqualTo(200);
    assertThat(get(PAGE + "/events?viewer=%3Cscript", "olga").statusCode()).isEqualTo(400);
  }

  @ParameterizedTest
  @CsvSource({"SERVLET,false", "REACTIVE,true"})
  void thereIsNoPageUnlessItIsAskedFor(WebApplicationType type, boolean ownPort) throws Exception {
    start(type, ownPort, "resilient.console.enabled=false");

    assertThat(get(PAGE, "olga").statusCode()).isEqualTo(404);
  }
}
