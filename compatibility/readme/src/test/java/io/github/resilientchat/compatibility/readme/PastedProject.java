package io.github.resilientchat.compatibility.readme;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Properties;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.maven.shared.invoker.DefaultInvocationRequest;
import org.apache.maven.shared.invoker.DefaultInvoker;
import org.apache.maven.shared.invoker.InvocationRequest;
import org.apache.maven.shared.invoker.InvocationResult;

/** A folder into which somebody pasted what the README shows, and Maven in it. */
final class PastedProject {

  private static final int PATIENCE_SECONDS = 900;

  /** A file's name in the text, then its content. */
  private static final Pattern FILE =
      Pattern.compile("`([\\w./-]+)`:\\n```\\w+\\n(.*?)```\\n", Pattern.DOTALL);

  private static final Pattern COMMAND = Pattern.compile("`mvn ([^`]+)` prints an answer");

  private final Path folder;

  PastedProject(Path folder) {
    this.folder = folder;
  }

  /** A page's part that starts from an empty folder. */
  static String section(String page) throws IOException {
    String text = Files.readString(Path.of("..", "..").resolve(page));
    String rest = text.substring(text.indexOf("## From an empty folder"));
    return rest.substring(0, rest.indexOf("\n## "));
  }

  /** Every file that is shown with its name. */
  PastedProject paste(String section) throws IOException {
    List<MatchResult> files = FILE.matcher(section).results().toList();
    assertThat(files).hasSizeGreaterThanOrEqualTo(2);
    for (MatchResult file : files) {
      write(file.group(1), file.group(2));
    }
    return this;
  }

  PastedProject write(String name, String content) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(Objects.requireNonNull(file.getParent()));
    Files.writeString(file, content);
    return this;
  }

  /** The command as the README says it. */
  static List<String> command(String section) {
    Matcher command = COMMAND.matcher(section);
    assertThat(command.find()).isTrue();
    return List.of(command.group(1).split(" "));
  }

  /** What the command prints; fails with all of it when the command does. */
  String run(List<String> arguments) throws Exception {
    List<String> output = new ArrayList<>();
    InvocationRequest request =
        new DefaultInvocationRequest()
            .setBaseDirectory(folder.toFile())
            .setBatchMode(true)
            .setGlobalSettingsFile(settings().toFile())
            .setLocalRepositoryDirectory(Path.of(System.getProperty("pasted.repository")).toFile())
            .setJavaHome(Path.of(System.getProperty("java.home")).toFile())
            .setProperties(new Properties())
            // A build machine may be in a cluster, where the local Bedrock answers nobody.
            .addShellEnvironment("SPRING_MAIN_CLOUDPLATFORM", "none")
            .setOutputHandler(output::add)
            .setErrorHandler(output::add);
    request.setTimeoutInSeconds(PATIENCE_SECONDS);
    request.addArgs(arguments);
    InvocationResult result =
        new DefaultInvoker()
            .setMavenHome(Path.of(System.getProperty("maven.home")).toFile())
            .execute(request);
    String printed = String.join("\n", output).replaceAll("\u001B\\[[0-9;]*m", "");
    assertThat(result.getExecutionException()).as(printed).isNull();
    assertThat(result.getExitCode()).as(printed).isZero();
    return printed;
  }

  private Path settings() throws IOException {
    String known = Path.of(System.getProperty("known.repository")).toUri().toString();
    String template = Files.readString(Path.of("src", "test", "resources", "settings.xml"));
    assertThat(template.replace("<url>@known@</url>", ""))
        .as("a template names no path and no host")
        .doesNotContain("<url>", "://", "<localRepository>");
    return Files.writeString(folder.resolve("settings.xml"), template.replace("@known@", known));
  }
}
