package dev.rowan.site;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rowan.codegen.page.Chromium;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Looks at the site in Chromium. The screenshots are in the folder {@code pages} of the build directory. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class BrowserTest {

    private static final List<Integer> WIDTHS = List.of(1400, 800, 360);
    private static final List<String> PICTURES =
            List.of("index.html", "queries.html", "architecture.html", "benchmarks.html", "walk-through.html");

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

    @Test
    void everyPageIsReadable() throws Exception {
        for (var page : BuiltSite.pages()) {
            open(page, 1400);
            awaitDiagrams();
            assertContrast();
            for (var width : WIDTHS) {
                chromium.resize(width, height(width));
                assertNothingOverflows(page);
                picture(page, false, width);
            }
            chromium.prefer(true);
            awaitDiagrams();
            assertContrast();
            picture(page, true, 360);
            chromium.resize(1400, height(1400));
            picture(page, true, 1400);
        }
        assertEquals(List.of(), chromium.complaints());
        assertEquals(
                List.of(),
                chromium.requests().stream()
                        .filter(request -> !request.startsWith("about:") && !request.startsWith("data:"))
                        .filter(request -> !request.startsWith("file://" + BuiltSite.FOLDER.toAbsolutePath() + "/"))
                        .toList());
    }

    @Test
    void theApiFitsAPhoneAndHasTheColorsOfTheSite() throws Exception {
        open(BuiltSite.FOLDER.resolve("index.html"), 360);
        var light = background();
        chromium.prefer(true);
        var dark = background();
        for (var page : List.of("index.html", "dev/rowan/Database.html")) {
            open(BuiltSite.FOLDER.resolve(Site.API).resolve(page), 360);
            assertEquals("360", chromium.evaluate("document.documentElement.scrollWidth"), page);
            assertEquals(light, background());
            chromium.prefer(true);
            assertEquals(dark, background());
            chromium.screenshot(Path.of("target", "pages", "api-dark-360-" + page.replace('/', '-') + ".png"));
        }
    }

    @Test
    void diagramsAreDrawn() throws Exception {
        open(BuiltSite.FOLDER.resolve("architecture.html"), 1400);
        awaitDiagrams();
        chromium.assertNone("""
                return [...document.querySelectorAll('.diagram')]
                  .filter(place => !place.querySelector('svg') || place.querySelector('svg').getBoundingClientRect().height < 100)
                  .map(place => place.textContent)
                """);
        assertFalse(chromium.evaluate("document.querySelectorAll('.diagram').length")
                .equals("0"));
    }

    @Test
    void theSearchIsReachedByTheKeyboardAndFindsPagesAndTypes() throws Exception {
        open(BuiltSite.FOLDER.resolve("decisions/index.html"), 1400);
        chromium.press("/");
        assertEquals("siteQuery", chromium.evaluate("document.activeElement.id"));
        assertTrue(found("keyset pagination").contains("../queries.html#page-through-rows"));
        assertEquals(
                "../api/dev/rowan/error/StaleRecord.html", found("StaleRecord").getFirst());
        assertEquals("../unit-of-work.html", found("unit of WORK").getFirst());
        assertEquals(List.of(), found("no-such-thing"));
        assertEquals(
                "Nothing has all of these words.",
                chromium.evaluate("document.getElementById('siteResults').innerText.trim()"));

        found("optimistic locking");
        chromium.press("Escape");
        assertEquals("true", chromium.evaluate("document.getElementById('siteResults').hidden"));
        var first = found("optimistic locking").getFirst();
        chromium.press("Enter");
        chromium.evaluate("""
                new Promise(done => {
                  const look = () => location.pathname.includes('/decisions/') ? setTimeout(look, 20) : done('');
                  look();
                })
                """);
        assertTrue(chromium.evaluate("location.href").endsWith(first.replace("../", "/")));
    }

    @Test
    void theSearchShowsTheGuideBeforeTheChangelog() throws Exception {
        open(BuiltSite.FOLDER.resolve("index.html"), 1400);

        var found = found("rowan.merging");

        assertTrue(found.contains("spring-boot.html#properties"), found::toString);
        assertTrue(
                found.indexOf("spring-boot.html#properties")
                        < found.stream()
                                .filter(link -> link.startsWith("changelog"))
                                .findFirst()
                                .map(found::indexOf)
                                .orElse(found.size()),
                found::toString);
    }

    @Test
    void theResultsOfTheSearchAreAsWideAsAPhone() throws Exception {
        open(BuiltSite.FOLDER.resolve("index.html"), 500);

        found("keyset pagination");

        assertEquals("484", chromium.evaluate("document.getElementById('siteResults').getBoundingClientRect().width"));
    }

    @Test
    void thePagesOfOtherLibrariesAreInTheList() throws Exception {
        open(BuiltSite.FOLDER.resolve("queries.html"), 1400);

        assertEquals(
                List.of("JPA", "Spring Data", "jOOQ", "SQLAlchemy"),
                chromium.lines(
                        "return [...document.querySelectorAll('#sitePages .part a')].map(link => link.textContent)"));
    }

    @Test
    void theTableOfTermsShowsRowanBesideEachTerm() throws Exception {
        for (var width : List.of(1280, 500)) {
            open(BuiltSite.FOLDER.resolve("coming-from.html"), width);
            chromium.assertNone("""
                    const table = [...document.querySelectorAll('.table')].find(table => table.querySelector('tr').cells.length === 5);
                    const [term, rowan] = table.querySelectorAll('th');
                    const complaints = [];
                    if (rowan.textContent !== 'Rowan') { complaints.push('the second column is ' + rowan.textContent); }
                    if (rowan.getBoundingClientRect().right > innerWidth) { complaints.push('Rowan is out of sight'); }
                    if (innerWidth > 1000 && table.scrollWidth > table.clientWidth) { complaints.push('the table is cut off'); }
                    table.scrollLeft = 150;
                    if (term.getBoundingClientRect().left !== table.getBoundingClientRect().left) { complaints.push('the term is out of sight'); }
                    return complaints;
                    """);
            chromium.screenshot(Path.of("target", "pages", "coming-from-" + width + ".png"));
        }
    }

    @Test
    void theWalkThroughIsNotCutOff() throws Exception {
        for (var width : List.of(1400, 1280, 500)) {
            open(BuiltSite.FOLDER.resolve(WalkThroughPage.ADDRESS), width);
            chromium.assertNone("""
                    return [...document.querySelectorAll('.terminal')].filter(box => box.scrollWidth > box.clientWidth)
                      .map(box => box.textContent.slice(0, 60));
                    """);
            chromium.screenshot(Path.of("target", "pages", "walk-through-" + width + ".png"));
        }
    }

    @Test
    void codeIsCopiedByAButton() throws Exception {
        open(BuiltSite.FOLDER.resolve("queries.html"), 1400);

        assertEquals("Copied", chromium.evaluate("""
                        (async () => {
                          const button = document.querySelector('.code button');
                          Object.defineProperty(navigator, 'clipboard', { value: { writeText: async text => { window.copied = text; } } });
                          button.click();
                          while (button.textContent === 'Copy') { await new Promise(done => setTimeout(done, 10)); }
                          return button.textContent;
                        })()
                        """));
        assertEquals(
                "true",
                chromium.evaluate("window.copied === document.querySelector('.code code').textContent.trimEnd()"));
        chromium.assertNone("""
                return [...document.querySelectorAll('.terminal, .diagram')].filter(block => block.closest('.code'));
                """);
    }

    @Test
    void theColorsThatWereChosenAreKept() throws Exception {
        var page = BuiltSite.FOLDER.resolve("index.html");
        open(page, 1400);
        var light = background();
        chromium.evaluate("document.getElementById('siteTheme').click()");
        var dark = background();
        assertFalse(dark.equals(light));
        open(page, 1400);
        assertEquals(dark, background());
        chromium.evaluate("document.getElementById('siteTheme').click()");
        assertEquals(light, background());
        chromium.prefer(true);
        assertEquals(dark, background());
    }

    @Test
    void thePagesOfAPhoneAreBehindALink() throws Exception {
        open(BuiltSite.FOLDER.resolve("index.html"), 360);
        var isShown = "document.getElementById('sitePages').checkVisibility()";
        assertEquals("false", chromium.evaluate(isShown));
        chromium.evaluate("document.getElementById('siteMenu').click()");
        assertEquals("true", chromium.evaluate(isShown));
        chromium.screenshot(Path.of("target", "pages", "menu-360.png"));
        chromium.evaluate("document.getElementById('siteClose').click()");
        assertEquals("false", chromium.evaluate(isShown));
    }

    private void open(Path page, int width) throws Exception {
        chromium.open(page.toAbsolutePath(), false, width, height(width));
    }

    private static int height(int width) {
        return width < 500 ? 740 : 1000;
    }

    private void picture(Path page, boolean dark, int width) throws Exception {
        var name = BuiltSite.FOLDER.relativize(page).toString();
        if (PICTURES.contains(name)) {
            var file = name.replace(".html", "") + (dark ? "-dark-" : "-light-") + width + ".png";
            chromium.screenshot(Path.of("target", "pages", file));
        }
    }

    private String background() throws Exception {
        return chromium.evaluate("getComputedStyle(document.body).backgroundColor");
    }

    private void awaitDiagrams() throws Exception {
        chromium.evaluate("""
                new Promise(done => {
                  const look = () => document.documentElement.hasAttribute('aria-busy') ? setTimeout(look, 20) : done('');
                  requestAnimationFrame(() => requestAnimationFrame(look));
                })
                """);
    }

    /** Types into the search, and returns the links that it finds. */
    private List<String> found(String text) throws Exception {
        chromium.evaluate("(() => { const q = document.getElementById('siteQuery'); q.focus(); q.select(); })()");
        chromium.type(text);
        chromium.evaluate("""
                new Promise(done => {
                  const look = () => window.searchIndex ? requestAnimationFrame(() => done('')) : setTimeout(look, 20);
                  look();
                })
                """);
        return chromium.lines(
                "return [...document.querySelectorAll('#siteResults a')].map(link => link.getAttribute('href'))");
    }

    /** Nothing is wider than the window but what scrolls in itself. */
    private void assertNothingOverflows(Path page) throws Exception {
        var complaints = chromium.lines("""
                const complaints = [];
                if (document.documentElement.scrollWidth > innerWidth) {
                  complaints.push('the page is ' + document.documentElement.scrollWidth + ' wide');
                }
                for (const element of document.querySelectorAll('body *')) {
                  const place = element.getBoundingClientRect();
                  const isCutOff = place.width > 0 && place.left >= 0 && place.right > innerWidth + 1;
                  if (isCutOff && !element.closest('.table, pre')) {
                    complaints.push('cut off: ' + element.outerHTML.slice(0, 100));
                  }
                }
                return complaints.slice(0, 20);
                """);
        assertEquals(List.of(), complaints, page::toString);
    }

    /** Every text can be read, as WCAG 2 asks of small text. */
    private void assertContrast() throws Exception {
        chromium.assertNone("""
                const complaints = new Set();
                const channels = color => color.match(/[\\d.]+/g).map(Number);
                const light = color => {
                  const [r, g, b] = channels(color).map(v => v / 255).map(v => v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4);
                  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
                };
                const behind = element => {
                  if (!element) { return 'rgb(255, 255, 255)'; }
                  const shape = element.matches('svg *') && element.closest('g.node, g')?.querySelector(':scope > rect');
                  if (shape) { return getComputedStyle(shape).fill; }
                  const color = getComputedStyle(element).backgroundColor;
                  return channels(color)[3] === 0 ? behind(element.parentElement) : color;
                };
                for (const element of document.querySelectorAll('body *')) {
                  const hasText = [...element.childNodes].some(node => node.nodeType === 3 && node.data.trim());
                  if (!hasText || element.matches('script, style, title, .anchor, .skip')) { continue; }
                  const style = getComputedStyle(element);
                  const [a, b] = [light(element.matches('text, tspan') ? style.fill : style.color), light(behind(element))];
                  const contrast = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
                  if (!(contrast >= 4.5)) { complaints.add(contrast.toFixed(2) + ': ' + element.outerHTML.slice(0, 90)); }
                }
                return [...complaints].slice(0, 20);
                """);
    }
}
