package dev.daypass.cli;

import dev.daypass.cli.PolicyTestCommand.Result;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/// Results as the XML that continuous integration reads.
final class JUnitReport {
  private JUnitReport() {}

  static void write(Path file, List<Result> results) throws IOException {
    try (Writer out = Files.newBufferedWriter(file)) {
      XMLStreamWriter xml = XMLOutputFactory.newInstance().createXMLStreamWriter(out);
      xml.writeStartDocument();
      xml.writeStartElement("testsuite");
      xml.writeAttribute("name", "daypass policy test");
      xml.writeAttribute("tests", Integer.toString(results.size()));
      xml.writeAttribute(
          "failures",
          Long.toString(results.stream().filter(result -> result.failure().isPresent()).count()));
      for (Result result : results) {
        write(xml, result);
      }
      xml.writeEndElement();
      xml.writeEndDocument();
      xml.flush();
    } catch (XMLStreamException e) {
      throw new IOException("cannot write the report", e);
    }
  }

  private static void write(XMLStreamWriter xml, Result result) throws XMLStreamException {
    xml.writeStartElement("testcase");
    xml.writeAttribute("classname", printable(result.table()));
    xml.writeAttribute("name", printable(result.name()));
    if (result.failure().isPresent()) {
      xml.writeStartElement("failure");
      xml.writeCharacters(printable(result.failure().get()));
      xml.writeEndElement();
    }
    xml.writeEndElement();
  }

  /// Without the characters that XML 1.0 cannot have.
  private static String printable(String text) {
    return text.replaceAll("[^\\t\\n\\r\\u0020-\\uD7FF\\uE000-\\uFFFD]", "�");
  }
}
