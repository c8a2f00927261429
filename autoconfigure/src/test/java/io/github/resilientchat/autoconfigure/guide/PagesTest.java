package io.github.resilientchat.autoconfigure.guide;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Whoever reads on comes somewhere, and to every page from the first one. */
class PagesTest {

  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
  private static final Pattern LINK = Pattern.compile("\\]\\(([^)\\s]+)\\)");
  private static final Pattern HEADING = Pattern.compile("(?m)^#+ (.*)$");

  @Test
  void theReadmeLeadsToEveryPage() throws IOException {
    List<Path> linked = links(ROOT.resolve("README.md")).stream().map(Link::to).toList();

    assertThat(pages("docs")).isNotEmpty().allSatisfy(page -> assertThat(linked).contains(page));
  }

  @Test
  void everyLinkLeadsSomewhere() throws IOException {
    List<Path> all = new ArrayList<>(pages("docs"));
    all.addAll(pages("docs/decisions"));
    all.addAll(
        Stream.of("README.md", "CONTRIBUTING.md", "bedrock-simulator/README.md")
            .map(ROOT::resolve)
            .toList());

    for (Path page : all) {
      for (Link link : links(page)) {
        assertThat(link.to()).as("%s in %s", link, ROOT.relativize(page)).exists();
        if (!link.anchor().isEmpty()) {
          assertThat(anchors(link.to()))
              .as("%s in %s", link, ROOT.relativize(page))
              .contains(link.anchor());
        }
      }
    }
  }

  private record Link(Path to, String anchor) {}

  private static List<Link> links(Path page) {
    return LINK.matcher(read(page).replaceAll("(?s)```.*?```", ""))
        .results()
        .map(found -> found.group(1))
        .filter(target -> !target.contains("://"))
        .map(target -> link(page, target))
        .toList();
  }

  private static Link link(Path page, String target) {
    int at = target.indexOf('#');
    String path = at < 0 ? target : target.substring(0, at);
    Path to = path.isEmpty() ? page : page.resolveSibling(path).normalize();
    return new Link(to, at < 0 ? "" : target.substring(at + 1));
  }

  /** As those who show the pages make them of headings. */
  private static List<String> anchors(Path page) {
    return HEADING
        .matcher(read(page))
        .results()
        .map(heading -> heading.group(1).replaceAll("\\[([^]]*)]\\([^)]*\\)", "$1"))
        .map(text -> text.toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}\\p{N}_\\- ]", ""))
        .map(text -> text.strip().replace(' ', '-'))
        .toList();
  }

  private static List<Path> pages(String folder) throws IOException {
    try (Stream<Path> files = Files.list(ROOT.resolve(folder))) {
      return files.filter(file -> file.toString().endsWith(".md")).sorted().toList();
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
