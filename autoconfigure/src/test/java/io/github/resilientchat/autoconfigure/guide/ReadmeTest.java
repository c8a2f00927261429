package io.github.resilientchat.autoconfigure.guide;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringReader;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import javax.tools.ToolProvider;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.xpath.XPath;
import javax.xml.xpath.XPathConstants;
import javax.xml.xpath.XPathFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringApplicationRunListener;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.w3c.dom.Document;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

/** What the README pastes into an empty folder answers. */
@ExtendWith(OutputCaptureExtension.class)
class ReadmeTest {

  private static final Path ROOT = Path.of("..");
  private final XPath xpath = XPathFactory.newInstance().newXPath();

  @Test
  void theProgramPrintsAnAnswer(@TempDir Path folder, CapturedOutput output) throws Exception {
    Path source = Files.createDirectories(folder.resolve("ask")).resolve("App.java");
    Files.writeString(source, block("README.md", "java"));
    int failed =
        ToolProvider.getSystemJavaCompiler()
            .run(
                null,
                null,
                null,
                "-proc:none",
                "-d",
                folder.toString(),
                "-cp",
                System.getProperty("java.class.path"),
                source.toString());
    assertThat(failed).isZero();

    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    try (URLClassLoader loader = new URLClassLoader(new URL[] {folder.toUri().toURL()}, before)) {
      thread.setContextClassLoader(loader);
      // The class path of these tests has a web server; the port of this machine may be taken.
      run(loader.loadClass("ask.App"), "--spring.main.cloud-platform=none", "--server.port=0");
    } finally {
      thread.setContextClassLoader(before);
    }

    assertThat(output)
        .contains("route 'chat', the default:")
        .containsPattern("(?m)^Simulated answer from ");
  }

  /** From its start to its end. */
  private static void run(Class<?> program, String... arguments) throws Exception {
    Method main = program.getMethod("main", String[].class);
    List<ConfigurableApplicationContext> started = new ArrayList<>();
    SpringApplicationRunListener whoStarts =
        new SpringApplicationRunListener() {
          @Override
          public void ready(ConfigurableApplicationContext application, Duration taken) {
            started.add(application);
          }
        };
    SpringApplication.withHook(
        application -> whoStarts, () -> main.invoke(null, (Object) arguments));
    started.forEach(ConfigurableApplicationContext::close);
    assertThat(started).hasSize(1);
  }

  @Test
  void theDependenciesAreThoseOfThisBuild() throws Exception {
    Document pasted = parse(block("README.md", "xml"));
    Document parent = parse(Files.readString(ROOT.resolve("pom.xml")));
    String version = text(parent, "/project/version");

    assertThat(text(pasted, "//dependencyManagement//version")).isEqualTo(version);
    assertThat(text(pasted, "/project/parent/version"))
        .isEqualTo(text(parent, "/project/properties/spring-boot.version"));
    Document bom = parse(Files.readString(ROOT.resolve("starters/bom/pom.xml")));
    List<String> offered = texts(bom, "//dependencyManagement//artifactId");
    assertThat(texts(pasted, "/project/dependencies/dependency/artifactId"))
        .isNotEmpty()
        .allSatisfy(artifact -> assertThat(offered).contains(artifact));
  }

  @Test
  void theDependenciesWithoutSpringAreThoseOfThisBuildToo() throws Exception {
    Document pasted = parse(block("docs/without-spring.md", "xml"));
    Document parent = parse(Files.readString(ROOT.resolve("pom.xml")));

    for (String[] of :
        new String[][] {
          {"resilient-bom", "/project/version"},
          {"bom", "/project/properties/aws-sdk.version"},
          {"langchain4j-bedrock", "/project/properties/langchain4j.version"}
        }) {
      assertThat(text(pasted, "//dependency[artifactId='" + of[0] + "']/version"))
          .as(of[0])
          .isEqualTo(text(parent, of[1]));
    }
  }

  /** The first block of the section that starts from an empty folder. */
  private static String block(String page, String language) throws IOException {
    String text = Files.readString(ROOT.resolve(page));
    String section = text.substring(text.indexOf("## From an empty folder"));
    Matcher block =
        Pattern.compile("```" + language + "\n(.*?)```", Pattern.DOTALL).matcher(section);
    assertThat(block.find()).isTrue();
    return block.group(1);
  }

  private static Document parse(String xml) throws Exception {
    return DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new InputSource(new StringReader(xml)));
  }

  private String text(Document document, String path) throws Exception {
    return xpath.evaluate(path, document);
  }

  private List<String> texts(Document document, String path) throws Exception {
    NodeList found = (NodeList) xpath.evaluate(path, document, XPathConstants.NODESET);
    return IntStream.range(0, found.getLength())
        .mapToObj(i -> found.item(i).getTextContent())
        .toList();
  }
}
