package dev.troupe.testkit.experiment.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;

/// A page as an XML parser reads it.
public record PageReading(Document document) {

  public static PageReading of(String page) {
    try {
      var builder = DocumentBuilderFactory.newInstance().newDocumentBuilder();
      builder.setErrorHandler(null);
      return new PageReading(builder.parse(new InputSource(new StringReader(page))));
    } catch (SAXException | IOException | ParserConfigurationException failure) {
      throw new AssertionError("not well-formed: " + failure.getMessage(), failure);
    }
  }

  public List<Element> all(String tag) {
    var found = document.getElementsByTagName(tag);
    var elements = new ArrayList<Element>();
    for (int i = 0; i < found.getLength(); i++) {
      elements.add((Element) found.item(i));
    }
    return elements;
  }

  public List<String> texts(String tag) {
    return all(tag).stream().map(Element::getTextContent).toList();
  }

  /// The only element of a class.
  public Element ofClass(String tag, String name) {
    var found =
        all(tag).stream().filter(element -> element.getAttribute("class").equals(name)).toList();
    assertThat(found).as("%s of class %s", tag, name).hasSize(1);
    return found.getFirst();
  }

  /// What must hold of every page.
  void assertSound() {
    assertThat(all("script")).isEmpty();
    assertThat(all("img")).isEmpty();
    assertThat(all("link")).isEmpty();
    for (var element : all("*")) {
      assertThat(element.getAttribute("href")).isEmpty();
      assertThat(element.getAttribute("src")).isEmpty();
      var attributes = element.getAttributes();
      for (int i = 0; i < attributes.getLength(); i++) {
        assertThat(attributes.item(i).getNodeName()).doesNotStartWith("on");
      }
    }
    assertThat(
            all("*").stream()
                .map(element -> element.getAttribute("id"))
                .filter(id -> !id.isEmpty()))
        .doesNotHaveDuplicates();
    for (var svg : all("svg")) {
      assertThat(svg.getElementsByTagName("title").getLength()).isEqualTo(1);
      assertThat(svg.getElementsByTagName("desc").item(0).getTextContent()).isNotBlank();
      for (var id : svg.getAttribute("aria-labelledby").split(" ")) {
        assertThat(all("*")).anyMatch(element -> element.getAttribute("id").equals(id));
      }
    }
  }
}
