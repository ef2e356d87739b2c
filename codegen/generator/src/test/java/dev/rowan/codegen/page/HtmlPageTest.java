package dev.rowan.codegen.page;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Looks at pages in Chromium. The screenshots are in the folder {@code pages} of the build directory. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class HtmlPageTest {

    private static final int MANY = 220;

    private static final List<String> HOSTILE = List.of(
            "</title></style></script></svg><script>hacked = true</script>",
            "<img src=x onerror=\"hacked = true\">",
            "\"><script>hacked = true</script>",
            "' onmouseover='hacked = true",
            "{{script}} $1 \\0 %s %n",
            "&amp; &lt; &#60;",
            "😀 🏳️‍🌈 表 größe ﷽",
            "a b/c#d?e%20",
            "line\nbreak\r\nbreak\ttab\u0001",
            "a".repeat(64),
            "表".repeat(64));

    @TempDir
    private Path folder;

    private Chromium chromium;

    @BeforeAll
    void startChromium(@TempDir Path profile) throws Exception {
        chromium = Chromium.start(profile);
    }

    @AfterAll
    void endChromium() {
        if (chromium != null) {
            chromium.close();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "3, false, 1280", "3, true, 1280", "3, false, 360", "3, true, 360",
        "220, false, 1280", "220, true, 1280", "220, false, 360", "220, true, 360"
    })
    void thePageIsReadable(int tables, boolean dark, int width) throws Exception {
        open(tables == MANY ? SampleSchema.large(MANY) : SampleSchema.shop(), dark, width);
        chromium.screenshot(Path.of("target", "pages", tables + (dark ? "-dark-" : "-light-") + width + ".png"));

        assertNothingOverflows();
        if (!dark) {
            assertTheDiagramIsClear();
        }
        if (tables != MANY) {
            assertContrast();
        }
        assertEquals(dark, brightnessOf("document.body", "backgroundColor") < 0.2);
    }

    @Test
    void namesAndCommentsAreTextWhateverTheyContain() throws Exception {
        var content = SampleSchema.named(HOSTILE);
        open(content, false, 360);
        chromium.screenshot(Path.of("target", "pages", "hostile-360.png"));

        assertEquals("undefined", chromium.evaluate("typeof hacked"));
        assertEquals("1", chromium.evaluate("document.scripts.length"));
        assertEquals(
                content.tables().stream().map(table -> shown(table.name())).toList(),
                chromium.lines(
                        "return [...document.querySelectorAll('h2')].map(h => h.textContent.replace(/\\s/g, ' '))"));
        chromium.assertNone("""
                return [...document.querySelectorAll('a[href^="#"]')]
                  .filter(link => !document.getElementById(decodeURIComponent(link.getAttribute('href').slice(1))))
                  .map(link => link.outerHTML)
                """);
        assertNothingOverflows();
        assertTheDiagramIsClear();
        open(content, true, 1280);
        assertNothingOverflows();
        assertTheDiagramIsClear();
    }

    private static String shown(String name) {
        return name.replace("\u0001", "\uFFFD").replaceAll("\\R|\\s", " ");
    }

    @Test
    void thePageIsOneFileThatAsksForNoOther() throws Exception {
        var text = new HtmlPage(SampleSchema.shop()).text();
        assertFalse(Pattern.compile("(?i)https?:|\\bsrc=|@import|url\\(")
                .matcher(text)
                .find());
        open(SampleSchema.shop(), false, 1280);
        assertEquals("0", chromium.evaluate("performance.getEntriesByType('resource').length"));
    }

    @Test
    void theSameSchemaGivesTheSameBytes() {
        assertEquals(new HtmlPage(SampleSchema.large(MANY)).text(), new HtmlPage(SampleSchema.large(MANY)).text());
    }

    @Test
    void aSchemaWithoutTablesHasAPage() throws Exception {
        open(new SchemaContent("Empty", "com.example", Optional.empty(), List.of()), false, 1280);
        assertTrue(chromium.evaluate("document.body.innerText").contains("0 tables"));
        assertNothingOverflows();
    }

    @Test
    void theSearchIsReachedByTheKeyboardAndFindsWhatATableSays() throws Exception {
        open(SampleSchema.shop(), false, 1280);
        chromium.press("/");
        assertEquals("search", chromium.evaluate("document.activeElement.id"));

        chromium.type("ULong approves");
        assertEquals(List.of("users"), visibleTables());
        assertEquals("1 of 4", chromium.evaluate("document.getElementById('found').textContent"));
        chromium.press("Enter");
        assertEquals("#table-users", chromium.evaluate("location.hash"));

        chromium.press("Escape");
        assertEquals(4, visibleTables().size());
        chromium.type("no such thing");
        assertEquals(List.of(), visibleTables());
        chromium.evaluate("""
                new Promise(done => {
                  addEventListener('hashchange', () => done(''), {once: true});
                  location.hash = '#table-orders';
                })
                """);
        assertEquals(4, visibleTables().size());
    }

    @Test
    void enterLeadsToTheTableOfThatName() throws Exception {
        open(SampleSchema.shop(), false, 1280);
        chromium.press("/");
        chromium.type("Users");
        assertTrue(visibleTables().indexOf("users") > 0, "others come first, which refer to it");
        chromium.press("Enter");
        assertEquals("#table-users", chromium.evaluate("location.hash"));
    }

    @Test
    void whatThePageSaysOfEveryTableIsNotFound() throws Exception {
        open(SampleSchema.shop(), false, 1280);
        chromium.press("/");
        chromium.type("diagram");
        assertEquals(List.of(), visibleTables());
    }

    @Test
    void theDiagramIsZoomedAndMovedAndLeadsToTheTables() throws Exception {
        open(SampleSchema.shop(), false, 1280);
        var whole = viewBox();
        chromium.evaluate("document.querySelector('[data-tool=in]').click()");
        var near = viewBox();
        assertTrue(near.get(2) < whole.get(2), near::toString);
        chromium.drag(700, 300, 720, 310, 760, 330);
        var moved = viewBox();
        assertEquals(near.get(2), moved.get(2));
        assertTrue(moved.get(0) < near.get(0) && moved.get(1) < near.get(1), moved::toString);
        assertEquals("", chromium.evaluate("location.hash"));
        chromium.evaluate("document.querySelector('[data-tool=fit]').click()");
        assertEquals(whole, viewBox());

        var box = chromium.evaluate("""
                (() => { const place = document.querySelector('.box[href="#table-users"]').getBoundingClientRect();
                  return Math.round(place.x + 20) + ' ' + Math.round(place.y + 10); })()
                """).split(" ", -1);
        chromium.drag(Integer.parseInt(box[0]), Integer.parseInt(box[1]));
        assertEquals("#table-users", chromium.evaluate("location.hash"));
        chromium.evaluate("document.querySelector('#table-orders .locate').click()");
        assertEquals("#table-orders", chromium.evaluate("document.activeElement.getAttribute('href')"));
        assertNotEquals(whole, viewBox());
    }

    @Test
    void aWindowThatBecomesLowerStillShowsThePartThatWasZoomed() throws Exception {
        open(SampleSchema.shop(), false, 1280);
        var whole = viewBox();
        chromium.evaluate("document.querySelector('[data-tool=in]').click()");
        var near = viewBox();
        chromium.resize(1280, 700);
        assertEquals(near, viewBox());
        chromium.resize(700, 700);
        assertTrue(viewBox().get(2) > near.get(2), "all is shown again: " + viewBox() + " of " + whole);
    }

    private void open(SchemaContent content, boolean dark, int width) throws Exception {
        var file = folder.resolve("index.html");
        Files.writeString(file, new HtmlPage(content).text());
        chromium.open(file, dark, width, width < 500 ? 740 : 900);
    }

    private List<String> visibleTables() throws Exception {
        return chromium.lines(
                "return [...document.querySelectorAll('.table:not([hidden]) h2 a')].map(a => a.textContent)");
    }

    private List<Double> viewBox() throws Exception {
        return chromium.lines("return document.getElementById('drawing').getAttribute('viewBox').split(' ')").stream()
                .map(Double::valueOf)
                .toList();
    }

    /** Nothing is wider than the window, and no text than what it stands in. */
    private void assertNothingOverflows() throws Exception {
        chromium.assertNone("""
                const complaints = [];
                if (document.documentElement.scrollWidth > innerWidth) {
                  complaints.push('the page is ' + document.documentElement.scrollWidth + ' wide');
                }
                for (const element of document.querySelectorAll('#index, nav ul')) {
                  if (element.scrollWidth > element.clientWidth) {
                    complaints.push('scrolls to the side: ' + element.outerHTML.slice(0, 100));
                  }
                }
                for (const element of document.querySelectorAll('main *:not(svg *), aside *')) {
                  const place = element.getBoundingClientRect();
                  if (place.width > 0 && place.left >= 0 && place.right > innerWidth + 1) {
                    complaints.push('cut off: ' + element.outerHTML.slice(0, 100));
                  }
                }
                return complaints.slice(0, 20);
                """);
    }

    /** Boxes lie apart from each other and in the drawing, and their texts in them; lines cross no box. */
    private void assertTheDiagramIsClear() throws Exception {
        chromium.assertNone("""
                const complaints = [];
                const drawing = document.getElementById('drawing');
                const all = { ...drawing.getAttribute('viewBox').split(' ').map(Number) };
                // browsers measure text that is drawn small as if it were larger
                drawing.classList.remove('afar');
                drawing.setAttribute('viewBox', `0 0 ${drawing.clientWidth} ${drawing.clientHeight}`);
                const boxes = [...drawing.querySelectorAll('.box')].map(box => {
                  const { e, f } = box.transform.baseVal.consolidate().matrix;
                  const frame = box.querySelector('.frame').getBBox();
                  return { box, x: e, y: f, w: frame.width, h: frame.height };
                });
                const apart = (a, b) => a.x + a.w <= b.x || b.x + b.w <= a.x || a.y + a.h <= b.y || b.y + b.h <= a.y;
                boxes.forEach((a, i) => boxes.slice(i + 1).forEach(b => {
                  if (!apart(a, b)) { complaints.push(a.box.textContent + ' lies on ' + b.box.textContent); }
                }));
                for (const { box, w, h } of boxes) {
                  const texts = [...box.querySelectorAll('text:not(.far)')].map(text => [text, text.getBBox()]);
                  texts.forEach(([text, a], i) => {
                    if (a.x < 0 || a.y < 0 || a.x + a.width > w || a.y + a.height > h) {
                      complaints.push('outside its box: ' + text.textContent);
                    }
                    texts.slice(i + 1).forEach(([other, b]) => {
                      const margin = 2; // lines of text may touch
                      if (a.x < b.x + b.width && b.x < a.x + a.width
                          && a.y + margin < b.y + b.height && b.y + margin < a.y + a.height) {
                        complaints.push(text.textContent + ' is written over ' + other.textContent);
                      }
                    });
                  });
                }
                for (const line of drawing.querySelectorAll('.line')) {
                  const path = line.querySelector('path');
                  for (let at = 2; at < path.getTotalLength() - 2; at += 8) {
                    const { x, y } = path.getPointAtLength(at);
                    const hit = boxes.find(b => x > b.x + 1 && x < b.x + b.w - 1 && y > b.y + 1 && y < b.y + b.h - 1);
                    if (hit) { complaints.push('a line runs over ' + hit.box.textContent); break; }
                  }
                }
                for (const b of boxes) {
                  if (b.x < all[0] || b.y < all[1] || b.x + b.w > all[0] + all[2] || b.y + b.h > all[1] + all[3]) {
                    complaints.push('outside the drawing: ' + b.box.textContent);
                  }
                }
                return complaints.slice(0, 20);
                """);
    }

    /** Every text can be read, as WCAG 2 asks of small text. */
    private void assertContrast() throws Exception {
        chromium.assertNone("""
                const complaints = new Set();
                const channels = colour => colour.match(/[\\d.]+/g).map(Number);
                const light = colour => {
                  const [r, g, b] = channels(colour).map(v => v / 255).map(v => v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4);
                  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
                };
                const behind = element => {
                  if (!element) { return 'rgb(255, 255, 255)'; }
                  const box = element.closest('.box');
                  if (box) { return getComputedStyle(box.querySelector(element.matches('.name') ? '.head' : '.frame')).fill; }
                  const colour = getComputedStyle(element).backgroundColor;
                  return channels(colour)[3] === 0 ? behind(element.parentElement) : colour;
                };
                for (const element of document.querySelectorAll('body *')) {
                  const hasText = [...element.childNodes].some(node => node.nodeType === 3 && node.data.trim());
                  if (!hasText || element.matches('script, style, title')) { continue; }
                  const style = getComputedStyle(element);
                  const [a, b] = [light(element.matches('svg *') ? style.fill : style.color), light(behind(element))];
                  const contrast = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
                  if (contrast < 4.5) { complaints.add(contrast.toFixed(2) + ': ' + element.outerHTML.slice(0, 60)); }
                }
                return [...complaints].slice(0, 20);
                """);
    }

    private double brightnessOf(String element, String property) throws Exception {
        return Double.parseDouble(chromium.evaluate(
                "getComputedStyle(%s).%s.match(/\\d+/g).slice(0, 3).reduce((sum, v) => sum + v / 765, 0)"
                        .formatted(element, property)));
    }
}
