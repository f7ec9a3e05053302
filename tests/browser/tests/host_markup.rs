//! The element around a site's own article: its markup is read, painted and clickable, and never changed.

use browser_tests::thirtyfour::Key;
use browser_tests::{Engine, Outcome, Page, Reply, Site, View, press, press_key, site};
use serde_json::{Value, json};

const HOST: &str = include_str!("../fixtures/host.html");

/// Watches the whole element from before the core is there.
const WATCHED: &str = "<script>
    window.changes = [];
    new MutationObserver((records) => changes.push(...records.map((record) => record.type)))
      .observe(document.querySelector('bianzhu-article'),
        { subtree: true, childList: true, attributes: true, characterData: true });
  </script></body>";

/// A site whose page `/` this is.
fn with_page(page: &str) -> Site {
    let css = Reply::text("text/css", include_str!("../fixtures/host.css"));
    let topic = Reply::html("<!doctype html><title>专题</title>");
    site().with("/host.css", css).with("/topics/reform", topic).with("/", Reply::html(page))
}

/// A page with this in the element.
fn around(markup: &str) -> String {
    let start = HOST.find("<article").unwrap_or_default();
    let end = HOST.find("</article>").map_or(HOST.len(), |at| at + "</article>".len());
    [&HOST[..start], markup, &HOST[end..]].concat()
}

async fn open(page: &str) -> Outcome<Page> {
    Page::open(with_page(page), View::LAPTOP).await
}

/// The words that are painted in a style.
async fn painted(page: &Page, style: &str) -> Outcome<Vec<String>> {
    let body = "return [...(CSS.highlights.get('bianzhu-' + arguments[0]) ?? [])].map(String)";
    let words = page.run(body, vec![json!(style)]).await?;
    let words = words.as_array().ok_or("a list")?.iter();
    let mut words: Vec<String> = words.filter_map(Value::as_str).map(str::to_owned).collect();
    words.sort();
    Ok(words)
}

/// The middle of the first words of this style, brought into view.
async fn middle(page: &Page, style: &str, words: &str) -> Outcome<(i64, i64)> {
    let body = "const range = [...(CSS.highlights.get('bianzhu-' + arguments[0]) ?? [])]
          .find((range) => String(range) === arguments[1]);
        range.startContainer.parentElement.scrollIntoView({ block: 'center' });
        const box = range.getBoundingClientRect();
        return [Math.round((box.left + box.right) / 2), Math.round((box.top + box.bottom) / 2)]";
    let place = page.run(body, vec![json!(style), json!(words)]).await?;
    Ok((place[0].as_i64().ok_or("a place")?, place[1].as_i64().ok_or("a place")?))
}

async fn click(page: &Page, style: &str, words: &str) -> Outcome {
    let (x, y) = middle(page, style, words).await?;
    Ok(page.driver().action_chain().move_to(x, y).click().perform().await?)
}

#[tokio::test]
async fn rich_markup_is_read_as_it_shows() -> Outcome {
    let page = open(HOST).await?;
    let text = page.run("return article.text", Vec::new()).await?;
    let lines: Vec<&str> = text.as_str().ok_or("a text")?.lines().collect();
    assert_eq!(
        lines,
        [
            "忻州市召开全市机构改革动员大会",
            "本报记者 任逢春",
            "本报讯　1月16日，我市召开全市机构改革动员大会，全面贯彻落实党中央省委关于机构改革的重大部署。省人大常委会副主任、市委书记李俊明作动员讲话，要求扎实做好各项工作[1]。",
            "会议强调",
            "要树牢“四个意识”，坚定“四个自信”，坚决做到“两个维护”。忻州市委副书记、市长郑连生主持会议。",
            "市委常委、组织部长王建廷宣读了省委办公厅省政府办公厅的通知。",
            "组建市委依法治市等8个市委议事协调机构；",
            "实行党政合署。",
            "日程",
            "时间",
            "议程",
            "1月16日",
            "李俊明讲话",
            "会议现场。王建廷摄",
            "干部要既要挂帅又要出征。",
            "省人大常委会副主任。↩",
        ]
    );
    // The name goes over two tags, and reading aids stand over the place.
    let mut persons = ["任逢春", "李俊明", "郑连生", "王建廷", "李俊明", "王建廷"];
    persons.sort_unstable();
    assert_eq!(painted(&page, "person").await?, persons);
    assert!(painted(&page, "role").await?.iter().all(|words| !words.contains("xīn")));
    // What it is called, and where it is.
    page.run("article.annotate({ exact: '四个自信' })", Vec::new()).await?;
    let source = page.run("return article.annotations().items[0].target.source", Vec::new()).await?;
    assert_eq!(source, "https://news.example/a/reform");
    assert_eq!(painted(&page, "yellow").await?, ["四个自信"]);
    page.leave().await
}

#[tokio::test]
async fn nothing_of_the_page_is_changed() -> Outcome {
    let page = open(&HOST.replace("</body>", WATCHED)).await?;
    let words = page
        .run(
            "const text = article.text, items = Array.from({ length: 1000 }, (_, at) => {
               const start = (at * 7) % (text.length - 5), exact = text.slice(start, start + 4);
               return { '@context': 'http://www.w3.org/ns/anno.jsonld', id: 'urn:x:' + at, type: 'Annotation',
                 body: [{ type: 'TextualBody', purpose: 'commenting', value: '批注' + at }],
                 target: { source: 'https://news.example/a/reform', selector: [
                   { type: 'TextQuoteSelector', exact, prefix: text.slice(Math.max(0, start - 32), start), suffix: text.slice(start + 4, start + 36) },
                   { type: 'TextPositionSelector', start, end: start + 4 }] } };
             });
             return article.importAnnotations(items).imported",
            Vec::new(),
        )
        .await?;
    assert_eq!(words, 1000);
    // The near ones; on paper, all.
    page.until("CSS.highlights.get('bianzhu-yellow')?.size > 100").await?;
    page.run("dispatchEvent(new Event('beforeprint'))", Vec::new()).await?;
    page.until("CSS.highlights.get('bianzhu-yellow').size > 900").await?;
    page.run("dispatchEvent(new Event('afterprint'))", Vec::new()).await?;
    page.run("for (const item of article.annotations().items) article.removeAnnotation(item.id)", Vec::new())
        .await?;
    click(&page, "person", "王建廷").await?;
    page.inside(".card").await?;
    press_key(&page, Key::Escape).await?;
    page.gone(".card").await?;
    for panel in [".open-panel", ".open-notes", ".open-glossary"] {
        page.click(panel).await?;
        page.inside(".panel").await?;
        press_key(&page, Key::Escape).await?;
        page.gone(".panel").await?;
    }
    page.run("article.annotate({ exact: '两个维护', note: '哪两个？' })", Vec::new()).await?;
    click(&page, "green", "两个维护").await.unwrap_or_default();
    press(&page, "n").await?;
    press(&page, "n").await?;
    press(&page, "h").await?;
    page.click(".language").await?;
    // Printed as it is, and the notes after it.
    let box_of = "JSON.stringify(document.querySelector('#story').getBoundingClientRect())";
    page.run("dispatchEvent(new Event('beforeprint'))", Vec::new()).await?;
    let printed = page
        .run("return [root.querySelector('.print').textContent, root.lastElementChild.className]", Vec::new())
        .await?;
    assert!(printed[0].as_str().is_some_and(|text| text.contains("哪两个？") && !text.contains("挂帅")));
    assert_eq!(printed[1], "print");
    page.run("dispatchEvent(new Event('afterprint'))", Vec::new()).await?;
    // The element goes and comes again, and goes for good.
    let before = page.run(&format!("return {box_of}"), Vec::new()).await?;
    page.run(
        "const [main] = document.getElementsByTagName('main'); article.remove(); window.gone = article",
        Vec::new(),
    )
    .await?;
    page.until("[...CSS.highlights.values()].every((highlight) => highlight.size === 0)").await?;
    page.run("document.querySelector('main').append(window.gone)", Vec::new()).await?;
    page.ready().await?;
    page.until("CSS.highlights.get('bianzhu-person')?.size > 3").await?;
    assert_eq!(page.run(&format!("return {box_of}"), Vec::new()).await?, before);
    page.run("article.remove()", Vec::new()).await?;
    page.until("[...CSS.highlights.values()].every((highlight) => highlight.size === 0)").await?;
    assert_eq!(page.run("return window.changes", Vec::new()).await?, json!([]));
    page.leave().await
}

#[tokio::test]
async fn the_page_does_not_move_for_the_margin() -> Outcome {
    let boxes =
        "return JSON.stringify([...document.querySelectorAll('main, #story *, footer')].map((element) =>
        [element.getBoundingClientRect(), getComputedStyle(element).font, getComputedStyle(element).color]))";
    for view in [View::LAPTOP, View::TABLET, View::PHONE] {
        let bare = HOST.replace(
            "<script type=\"module\" src=\"bianzhu.js\"></script>",
            "<style>bianzhu-article{display:block}</style>",
        );
        let plain = Page::visit(with_page(&bare), "/", view).await?;
        let before = plain.run(boxes, Vec::new()).await?;
        plain.leave().await?;
        let page = Page::open(with_page(HOST), view).await?;
        page.run("article.annotate({ exact: '两个维护', note: '哪两个？' })", Vec::new()).await?;
        page.until("root.querySelector('[data-placed]')").await?;
        assert_eq!(page.run(boxes, Vec::new()).await?, before, "{}", view.width);
        let over = "return document.documentElement.scrollWidth > innerWidth";
        assert_eq!(page.run(over, Vec::new()).await?, false, "{}", view.width);
        page.leave().await?;
    }
    Ok(())
}

#[tokio::test]
async fn painted_words_open_what_they_stand_for() -> Outcome {
    let page = open(HOST).await?;
    // A pointer that rests opens a card, and takes it along.
    let (x, y) = middle(&page, "person", "任逢春").await?;
    page.driver().action_chain().move_to(x - 3, y).move_to(x, y).perform().await?;
    page.inside(".card").await?;
    assert_eq!(painted(&page, "current").await?, ["任逢春"]);
    page.driver().action_chain().move_to(1200, y).perform().await?;
    page.gone(".card").await?;
    // A click makes it stay; the focus is in it.
    click(&page, "person", "王建廷").await?;
    assert!(page.words(".card h2").await?.contains("王建廷"));
    page.until("root.activeElement?.matches('.card')").await?;
    press_key(&page, Key::Escape).await?;
    page.gone(".card").await?;
    // A note and a mention at the same words: which is meant?
    page.run("article.annotate({ exact: '两个维护', note: '哪两个？' })", Vec::new()).await?;
    page.until("CSS.highlights.get('bianzhu-yellow')?.size").await?;
    click(&page, "yellow", "两个维护").await?;
    page.inside(".chooser").await?;
    assert_eq!(
        page.run("return root.querySelectorAll('.chooser [role=menuitem]').length", Vec::new()).await?,
        2
    );
    press_key(&page, Key::Escape).await?;
    // Words that are not marked any more are text like any other.
    page.run("window.kinds = CSS.highlights.get('bianzhu-role').size", Vec::new()).await?;
    page.click(".open-panel").await?;
    page.leave().await
}

#[tokio::test]
async fn in_a_wide_window_boxes_stand_beside_their_words_though_there_is_no_margin() -> Outcome {
    // The text goes to the window's edge.
    let style =
        "<style>main, article { max-width: none !important; margin-inline: 0 !important }</style></head>";
    let page = HOST.replacen("</head>", style, 1);
    let page = open(&page).await?;
    page.gone(".wide").await?;
    let is_beside =
        "((box) => !root.querySelector('[data-sheet]') && box.width < 420 && box.right <= innerWidth)
        (root.querySelector('[popover]:popover-open:not(.toasts)').getBoundingClientRect())";
    click(&page, "person", "王建廷").await?;
    page.inside(".card").await?;
    page.until(is_beside).await?;
    // A press on the article's plain words closes it.
    let place = page
        .run(
            "const box = document.querySelector('#story p').getBoundingClientRect();
             return [box.right - 3, box.bottom + 3].map(Math.round)",
            Vec::new(),
        )
        .await?;
    let (x, y) = (place[0].as_i64().unwrap_or(0), place[1].as_i64().unwrap_or(0));
    page.driver().action_chain().move_to(x, y).click().perform().await?;
    page.gone(".card").await?;
    page.run("article.openNote(article.annotate({ exact: '两个维护', note: '哪两个？' }))", Vec::new())
        .await?;
    page.inside(".note[popover]").await?;
    page.until(is_beside).await?;
    page.leave().await
}

#[tokio::test]
async fn the_interface_reads_from_left_to_right_on_any_page() -> Outcome {
    let page = open(&HOST.replacen("<html", "<html dir=\"rtl\"", 1)).await?;
    page.until("getComputedStyle(document.body).direction === 'rtl'").await?;
    click(&page, "person", "王建廷").await?;
    page.inside(".card").await?;
    page.until("getComputedStyle(root.querySelector('.card')).direction === 'ltr'").await?;
    page.until("getComputedStyle(root.querySelector('.status')).direction === 'ltr'").await?;
    page.leave().await
}

#[tokio::test]
async fn a_selection_over_tags_and_blocks_becomes_a_note() -> Outcome {
    let page = open(HOST).await?;
    // From the white space before a heading to the middle of a name with reading aids.
    page.run(
        "const heading = document.querySelector('h2');
         heading.scrollIntoView();
         const range = new Range(); range.setStart(heading.previousSibling, 0);
         range.setEnd(document.querySelector('ruby').firstChild, 1);
         getSelection().removeAllRanges(); getSelection().addRange(range)",
        Vec::new(),
    )
    .await?;
    page.click(".toolbar [data-color=green]").await?;
    page.until("CSS.highlights.get('bianzhu-green')?.size").await?;
    let exact = page
        .run("return article.annotations().items[0].target.selector.find((it) => it.exact).exact", Vec::new())
        .await?;
    assert_eq!(exact, "会议强调\n要树牢“四个意识”，坚定“四个自信”，坚决做到“两个维护”。忻");
    // A double click takes a name whole, though it is in two tags.
    let (x, y) = middle(&page, "person", "李俊明").await?;
    page.driver().action_chain().move_to(x, y).double_click().perform().await?;
    page.until("String(getSelection()) === '李俊明'").await?;
    page.leave().await
}

#[tokio::test]
async fn a_link_is_followed_only_when_the_reader_says_so() -> Outcome {
    let page = open(HOST).await?;
    let here = page.run("return location.pathname", Vec::new()).await?;
    // Where there is no link, nothing is asked.
    click(&page, "place", "忻州市").await?;
    page.inside(".card").await?;
    press_key(&page, Key::Escape).await?;
    let first = page.run("const [_, link] = [...CSS.highlights.get('bianzhu-meeting')].sort((one, two) => one.compareBoundaryPoints(0, two));
        const box = link.getBoundingClientRect(); return [Math.round(box.left + 30), Math.round(box.top + 10)]", Vec::new()).await?;
    let (x, y) = (first[0].as_i64().ok_or("a place")?, first[1].as_i64().ok_or("a place")?);
    page.run(
        "window.clicks = 0; document.querySelector('#link').addEventListener('click', () => clicks++)",
        Vec::new(),
    )
    .await?;
    page.driver().action_chain().move_to(x, y).click().perform().await?;
    page.inside(".chooser").await?;
    assert_eq!(page.run("return [location.pathname, clicks]", Vec::new()).await?, json!([here, 0]));
    // Back to the link with the keyboard; Enter on it is the page's.
    press_key(&page, Key::Escape).await?;
    page.until("document.activeElement.id === 'link'").await?;
    // The entity instead. A second click at the same place would make it a double click.
    page.driver().action_chain().move_to(x + 20, y).click().perform().await?;
    page.inside(".chooser").await?;
    press_key(&page, Key::Enter).await?;
    page.inside(".card").await?;
    press_key(&page, Key::Escape).await?;
    page.gone(".card").await?;
    // And the link: the page hears a click as if nothing of ours were there.
    page.driver().action_chain().move_to(x, y).click().perform().await?;
    page.inside(".chooser").await?;
    press_key(&page, Key::End).await?;
    press_key(&page, Key::Enter).await?;
    page.until("location.pathname === '/topics/reform'").await?;
    page.leave().await
}

#[tokio::test]
async fn a_link_with_a_key_held_is_the_browsers() -> Outcome {
    let page = open(HOST).await?;
    page.run("document.addEventListener('click', (event) => { window.heard = event.ctrlKey; event.preventDefault(); })", Vec::new()).await?;
    let (x, y) = middle(&page, "person", "郑连生").await?;
    let chain =
        page.driver().action_chain().move_to(x, y).key_down(Key::Control).click().key_up(Key::Control);
    chain.perform().await?;
    page.until("window.heard === true").await?;
    assert_eq!(
        page.run("return root.querySelector('.chooser, .card[data-pinned]')", Vec::new()).await?,
        Value::Null
    );
    page.leave().await
}

#[tokio::test]
async fn keys_lead_from_mention_to_mention() -> Outcome {
    let page = open(HOST).await?;
    press(&page, "n").await?;
    assert_eq!(painted(&page, "current").await?, ["忻州市"]);
    page.until("root.querySelector('.current').textContent === '忻州市 · 地点'").await?;
    // The card goes along and leaves the focus where it is.
    page.inside(".card").await?;
    page.until("document.activeElement === document.body").await?;
    press(&page, "n").await?;
    page.until("root.querySelector('.current').textContent.startsWith('全市机构改革动员大会')").await?;
    press(&page, "p").await?;
    page.until("root.querySelector('.current').textContent.startsWith('忻州市')").await?;
    // Enter goes into the card, Escape comes back to the words.
    press_key(&page, Key::Enter).await?;
    page.until("root.activeElement?.matches('.card')").await?;
    press_key(&page, Key::Escape).await?;
    page.gone(".card").await?;
    page.until("getSelection().anchorNode?.data.trim().startsWith('忻州市')").await?;
    assert_eq!(painted(&page, "current").await?, ["忻州市"]);
    press(&page, "h").await?;
    page.until("CSS.highlights.get('bianzhu-yellow')?.size === 1").await?;
    assert_eq!(painted(&page, "yellow").await?, ["忻州市"]);
    // From one place of a person to the next, in the card.
    click(&page, "person", "王建廷").await?;
    page.inside(".card").await?;
    press(&page, "n").await?;
    page.until("root.querySelector('.card .mentions .count')?.textContent.startsWith('2')").await?;
    page.leave().await
}

#[tokio::test]
async fn a_page_that_changes_its_text_is_read_again() -> Outcome {
    let page = open(HOST).await?;
    page.run(
        "article.annotate({ exact: '李俊明作动员讲话', note: '书记' });
         article.annotate({ exact: '既要挂帅又要出征', color: 'green' });",
        Vec::new(),
    )
    .await?;
    page.until("CSS.highlights.get('bianzhu-yellow')?.size === 1").await?;
    // Made anew with the same text, as a framework may do: painted in the same frame.
    let same = "const story = document.querySelector('#story'), done = arguments[0];
        const count = () => [...CSS.highlights.get('bianzhu-person')].filter((range) => range.startContainer.isConnected && String(range)).length;
        const before = count(); story.innerHTML = story.innerHTML;
        requestAnimationFrame(() => requestAnimationFrame(() => done([before, count()])))";
    let counts = page.driver().execute_async(same, Vec::new()).await?.json().clone();
    assert_eq!(counts[0], counts[1]);
    assert_eq!(painted(&page, "yellow").await?, ["李俊明作动员讲话"]);
    click(&page, "person", "王建廷").await?;
    page.inside(".card").await?;
    // A paragraph comes before, and a word goes: the card stays at its words.
    page.run(
        "const first = document.querySelector('#story p');
         first.insertAdjacentHTML('beforebegin', '<p>最新消息：<b>张三丰</b>同志出席会议。市委书记李俊明到会。</p>');
         document.querySelector('blockquote').textContent = '干部要挂帅。';",
        Vec::new(),
    )
    .await?;
    page.until("article.text.includes('最新消息')").await?;
    assert!(page.words(".card h2").await?.contains("王建廷"));
    let notes = page.run("return article.annotations().items.map((item) => item.target.selector.find((it) => 'start' in it).start)", Vec::new());
    notes.await?;
    assert_eq!(painted(&page, "yellow").await?, ["李俊明作动员讲话"]);
    assert_eq!(painted(&page, "green").await?, Vec::<String>::new());
    page.until("root.querySelector('.open-notes .count').textContent === '2'").await?;
    // What is being written stays.
    press_key(&page, Key::Escape).await?;
    page.run("article.openNote(article.annotations().items[0].id)", Vec::new()).await?;
    page.click(".note[data-active] .edit").await?;
    page.inside("textarea").await?.send_keys("，正在写").await?;
    page.run("document.querySelector('h2').firstChild.data = '会议要求'", Vec::new()).await?;
    page.until("article.text.includes('会议要求')").await?;
    assert_eq!(page.run("return root.querySelector('textarea').value", Vec::new()).await?, "书记，正在写");
    // Hidden by a class, and shown again.
    page.run("document.querySelector('ul').classList.add('closed')", Vec::new()).await?;
    page.until("!article.text.includes('依法治市')").await?;
    page.run("document.querySelector('ul').classList.remove('closed')", Vec::new()).await?;
    page.until("article.text.includes('依法治市')").await?;
    page.leave().await
}

#[tokio::test]
async fn an_empty_element_waits_for_its_article() -> Outcome {
    let page = Page::visit(with_page(&around(" <!-- soon --> ")), "/", View::LAPTOP).await?;
    page.until("root?.querySelector('.waiting')").await?;
    page.run("window.ready = false; article.ready.then(() => (window.ready = true))", Vec::new()).await?;
    assert_eq!(page.run("return [ready, article.text]", Vec::new()).await?, json!([false, ""]));
    page.run("article.append('市委书记李俊明讲话。')", Vec::new()).await?;
    page.until("ready").await?;
    assert_eq!(painted(&page, "person").await?, ["李俊明"]);
    page.run("article.annotate({ exact: '讲话', note: '什么话？' })", Vec::new()).await?;
    // On the way from one text to the next, nothing is lost.
    page.run("article.textContent = ''", Vec::new()).await?;
    page.until("!CSS.highlights.get('bianzhu-person').size").await?;
    page.run("article.textContent = '会上，李俊明讲话。'", Vec::new()).await?;
    page.until("CSS.highlights.get('bianzhu-yellow').size === 1").await?;
    assert_eq!(painted(&page, "yellow").await?, ["讲话"]);
    assert!(page.seen().await?.events("error").is_empty());
    page.leave().await
}

#[tokio::test]
async fn an_element_that_is_moved_keeps_its_marks_and_what_is_open() -> Outcome {
    const PAINTED: &str = "JSON.stringify([...CSS.highlights].map(([style, ranges]) =>
        [style, [...ranges].map((range) => range.toString()).sort()]))";
    // With what it stands in, and by itself.
    let moves = ["document.body.append(article.parentElement)", "document.body.append(article)"];
    for own in [true, false] {
        let page = if own { open(HOST).await? } else { Page::open(site(), View::LAPTOP).await? };
        page.run(
            "article.annotate({ exact: '作动员讲话', note: '甲' }); article.openNote(article.annotations().items[0].id)",
            Vec::new(),
        )
        .await?;
        page.until("CSS.highlights.get('bianzhu-active')?.size > 0").await?;
        page.run(&format!("window.painted = {PAINTED}"), Vec::new()).await?;
        for moved in moves {
            page.run(moved, Vec::new()).await?;
            page.until(&format!("{PAINTED} === painted")).await?;
        }
        page.leave().await?;
    }
    Ok(())
}

#[tokio::test]
async fn over_a_page_s_own_article_the_bar_is_a_seal() -> Outcome {
    let page = Page::open(with_page(HOST), View::PHONE).await?;
    page.inside(".bar .name").await?;
    // It hides no more of the text than that.
    page.until("root.querySelector('.status').getBoundingClientRect().width < 80").await?;
    page.until("root.querySelector('.bar .name').getAttribute('aria-expanded') === 'false'").await?;
    page.click(".bar .name").await?;
    page.inside(".open-notes").await?;
    page.until("root.querySelector('.bar .name').getAttribute('aria-expanded') === 'true'").await?;
    page.click(".bar .name").await?;
    page.until("!root.querySelector('.open-notes').checkVisibility()").await?;
    page.leave().await
}

#[tokio::test]
async fn elements_of_one_page_share_notes_and_leave_each_other_alone() -> Outcome {
    let two = HOST.replace(
        "<main>",
        "<main><bianzhu-article id=\"second\"><p>市委书记李俊明作动员讲话。</p></bianzhu-article>",
    );
    let page = open(&two).await?;
    page.until("document.querySelectorAll('bianzhu-article')[1].text").await?;
    page.run(
        "document.querySelectorAll('bianzhu-article')[1].ready.then(() => (window.both = true))",
        Vec::new(),
    )
    .await?;
    page.until("window.both").await?;
    page.run("article.annotate({ exact: '作动员讲话', note: '甲' })", Vec::new()).await?;
    let other = "document.querySelectorAll('bianzhu-article')[1]";
    page.until(&format!("{other}.annotations().total === 1")).await?;
    page.until("CSS.highlights.get('bianzhu-yellow')?.size === 2").await?;
    page.run(&format!("{other}.removeAnnotation({other}.annotations().items[0].id)"), Vec::new()).await?;
    page.until("article.annotations().total === 0").await?;
    // A key is meant for the one that is read.
    press(&page, "e").await?;
    page.until(&format!("root.querySelector('.panel') || {other}.shadowRoot.querySelector('.panel')"))
        .await?;
    let panels =
        format!("return [root, {other}.shadowRoot].filter((root) => root.querySelector('.panel')).length");
    assert_eq!(page.run(&panels, Vec::new()).await?, 1);
    // A copy is another; what goes takes only its own along.
    page.run("const copy = article.cloneNode(true); article.before(copy); copy.ready.then(() => (window.copied = true))", Vec::new()).await?;
    page.until("window.copied").await?;
    page.until("[...CSS.highlights.get('bianzhu-person')].length === 8").await?;
    page.run("article.remove()", Vec::new()).await?;
    page.until("[...CSS.highlights.get('bianzhu-person')].length === 7").await?;
    page.leave().await
}

#[tokio::test]
async fn attributes_take_effect_and_keep_what_is_being_written() -> Outcome {
    let page = open(HOST).await?;
    page.run("article.annotate({ exact: '两个维护', note: '哪两个？' })", Vec::new()).await?;
    page.run("article.openNote(article.annotations().items[0].id)", Vec::new()).await?;
    page.click(".note[data-active] .edit").await?;
    page.inside("textarea").await?.send_keys("写了一半").await?;
    page.run("article.setAttribute('glossary', 'none.json')", Vec::new()).await?;
    page.ready().await?;
    page.until("article.annotations().items[0].body.some((body) => body.value === '哪两个？写了一半')")
        .await?;
    // To another article, and back to the page's own.
    page.run("article.setAttribute('src', 'articles/xinzhou-reform.json')", Vec::new()).await?;
    page.ready().await?;
    page.until("document.querySelector('.bianzhu-article [data-mention]')").await?;
    assert_eq!(
        page.run("return document.querySelector('#story').checkVisibility()", Vec::new()).await?,
        false
    );
    page.run("article.removeAttribute('src')", Vec::new()).await?;
    page.ready().await?;
    assert_eq!(
        page.run("return [document.querySelector('.bianzhu-text'), article.text.length < 600]", Vec::new())
            .await?,
        json!([null, true])
    );
    page.run("article.lang = 'en'", Vec::new()).await?;
    page.until("root.querySelector('.open-notes').textContent.startsWith('Notes')").await?;
    page.leave().await
}

#[tokio::test]
async fn bad_pages_are_a_clear_state_each() -> Outcome {
    // Quirks mode, a page that hides everything for now, and one that unsets everything.
    let quirks = HOST.replace("<!doctype html>", "");
    let hidden = HOST.replace("<body>", "<body style='visibility: hidden'>");
    let unset = HOST.replace(
        "</head>",
        "<style>* { all: unset } button { display: none } p { float: left }</style></head>",
    );
    for host in [&quirks, &hidden, &unset] {
        let page = open(host).await?;
        let text = page.run("return article.text", Vec::new()).await?;
        assert!(text.as_str().is_some_and(|text| text.lines().count() >= 14), "{text}");
        page.leave().await?;
    }
    let page = open(&unset).await?;
    click(&page, "person", "任逢春").await?;
    let seen = "const card = root.querySelector('.card'), style = getComputedStyle(card.querySelector('button'));
        return [card.getBoundingClientRect().width > 200, style.display !== 'none', parseFloat(getComputedStyle(card).fontSize) >= 13]";
    page.inside(".card").await?;
    assert_eq!(page.run(seen, Vec::new()).await?, json!([true, true, true]));
    page.leave().await?;
    // The host takes it out in the midst of the load, and has nested and empty ones.
    let page = Page::visit(with_page(&HOST.replace("</body>", "<script>setTimeout(() => document.querySelector('bianzhu-article').remove(), 30)</script><bianzhu-article></bianzhu-article></body>")), "/", View::LAPTOP).await?;
    page.until("document.querySelectorAll('bianzhu-article').length === 1").await?;
    page.until("root?.querySelector('.waiting')").await?;
    assert_eq!(painted(&page, "person").await?, Vec::<String>::new());
    page.leave().await
}

#[tokio::test]
async fn a_page_that_keeps_events_to_itself_does_not_break_us() -> Outcome {
    let greedy = "<script>for (const name in window) if (name.startsWith('on'))
        document.addEventListener(name.slice(2), (event) => event.stopPropagation(), true);</script></head>";
    let wrapped = HOST
        .replace("</head>", greedy)
        .replace(
            "<main>",
            "<main style='overflow: hidden; transform: translateX(10px); z-index: 1; position: relative'>",
        )
        .replace(
            "<footer>",
            "<footer style='position: fixed; inset: 0 0 auto; z-index: 2147483647; background: #888'>",
        );
    let page = open(&wrapped).await?;
    click(&page, "person", "王建廷").await?;
    page.inside(".card").await?;
    page.click(".card .close").await?;
    page.gone(".card").await?;
    page.click(".open-notes").await?;
    page.inside(".panel").await?;
    press_key(&page, Key::Escape).await?;
    page.gone(".panel").await?;
    page.run("article.annotate({ exact: '两个维护', note: '哪两个' }); article.openNote(article.annotations().items[0].id)", Vec::new()).await?;
    page.click(".note .edit").await?;
    page.inside("textarea").await?.send_keys("？").await?;
    page.click(".done").await?;
    page.until("article.annotations().items[0].body.some((body) => body.value === '哪两个？')").await?;
    page.leave().await
}

#[tokio::test]
async fn no_state_keeps_anybody_out() -> Outcome {
    let Some(script) = browser_tests::axe()? else { return Ok(()) };
    // What is the page's own is not for us to mend.
    let look = "const done = arguments[0];
        document.getAnimations().forEach((animation) => animation.finish());
        axe.run(document).then(({ violations }) => done(violations.flatMap(({ id, nodes }) =>
          nodes.filter((node) => Array.isArray(node.target[0])).map((node) => `${id}: ${node.failureSummary}`))),
          (error) => done([String(error)]))";
    for view in [View::LAPTOP, View { dark: true, ..View::PHONE }] {
        let page = Page::open(with_page(HOST), view).await?;
        page.driver().execute(script.as_str(), Vec::new()).await?;
        for (state, act) in [
            ("article", ""),
            ("notes", "article.annotate({ exact: '两个维护', note: '哪两个？' })"),
            ("card", "article.openMention(2)"),
            (
                "panel",
                "root.querySelector('.card .close').click(); root.querySelector('.open-panel').click()",
            ),
        ] {
            page.run(act, Vec::new()).await?;
            let seen = match state {
                "article" => ".bar",
                "notes" => "[data-placed]",
                "card" => ".card h2",
                _ => ".panel h2",
            };
            page.inside(seen).await?;
            let faults = page.driver().execute_async(look, Vec::new()).await?.json().clone();
            assert_eq!(faults, json!([]), "{} {state}", view.width);
        }
        page.leave().await?;
    }
    Ok(())
}

#[tokio::test]
async fn xhtml_is_a_page_like_any_other() -> Outcome {
    let body = HOST
        [HOST.find("<article").unwrap_or_default()..=HOST.find("</article>").unwrap_or_default() + 9]
        .replace("data-bianzhu-skip", "data-bianzhu-skip=\"\"")
        .replace("<span hidden>", "<span hidden=\"\">");
    let page = format!(
        "<?xml version=\"1.0\" encoding=\"utf-8\"?><html xmlns=\"http://www.w3.org/1999/xhtml\" lang=\"zh-Hans\"><head><title>甲</title>
         <script>import('/bianzhu.js')</script></head><body><bianzhu-article>{body}</bianzhu-article></body></html>"
    );
    let reply = Reply::text("application/xhtml+xml; charset=utf-8", page);
    let page = Page::open(site().with("/", reply), View::LAPTOP).await?;
    click(&page, "person", "任逢春").await?;
    assert!(page.words(".card h2").await?.contains("任逢春"));
    // And so it is for an article of ours.
    page.run("article.setAttribute('src', 'articles/xinzhou-reform.json')", Vec::new()).await?;
    page.ready().await?;
    page.until(
        "getComputedStyle(article.querySelector('.bianzhu-article [data-block]')).display === 'block'",
    )
    .await?;
    page.leave().await
}

#[tokio::test]
async fn ten_thousand_paragraphs_are_read() -> Outcome {
    let markup: String = (0..10_000).map(|at| format!("<p>第{at}段：市委书记李俊明讲话。</p>")).collect();
    let page = open(&around(&markup)).await?;
    let persons =
        page.run("return article.mentions().filter(({ kind }) => kind === 'person').length", Vec::new());
    assert_eq!(persons.await?, 10_000);
    // What can be seen of them is painted, wherever one goes.
    for number in [9999, 5000, 0] {
        page.run(
            "article.openNote(article.annotate({ exact: `第${arguments[0]}段`, note: '到这里' }))",
            vec![json!(number)],
        )
        .await?;
        page.until("root.querySelector('.note[data-active]')").await?;
        page.until(
            "((painted) => painted.length < 400 && [...article.querySelectorAll('p')].every((block) => {
               const { top, bottom } = block.getBoundingClientRect();
               return bottom < 0 || top > innerHeight || painted.some((range) => block.contains(range.startContainer));
             }))([...CSS.highlights.get('bianzhu-person')])",
        )
        .await?;
    }
    page.leave().await
}

/// Of every painted range in view, how many pixels the paint changes under its words, and the contrast that it
/// leaves them: `[style, changed, width, contrast]`. Takes pictures with the paint and without.
const SEEN: &str = "
    const [pictures, boxes, done] = arguments;
    const pixels = async (picture) => {
      const image = new Image();
      image.src = `data:image/png;base64,${picture}`;
      await image.decode();
      const canvas = Object.assign(document.createElement('canvas'), { width: image.width, height: image.height });
      const context = canvas.getContext('2d');
      context.drawImage(image, 0, 0);
      return (x, y, width, height) => context.getImageData(x, y, width, height).data;
    };
    const luminance = (color) => {
      const [red, green, blue] = [16, 8, 0].map((by) => ((color >> by) & 255) / 255)
        .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
      return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
    };
    Promise.all(pictures.map(pixels)).then(([marked, bare]) => done(boxes.map(([style, x, y, width, height]) => {
      const [one, two] = [marked(x, y - 4, width, height + 10), bare(x, y - 4, width, height + 10)];
      let changed = 0;
      for (let at = 0; at < one.length; at += 4)
        changed += [0, 1, 2].some((part) => Math.abs(one[at + part] - two[at + part]) > 6);
      const colors = new Map(), words = marked(x, y, width, height);
      for (let at = 0; at < words.length; at += 4) {
        const color = (words[at] << 16) | (words[at + 1] << 8) | words[at + 2];
        colors.set(color, (colors.get(color) ?? 0) + 1);
      }
      const [[ground]] = [...colors].sort(([, one], [, two]) => two - one), under = luminance(ground);
      const contrast = Math.max(...[...colors.keys()].map(luminance)
        .map((over) => (Math.max(over, under) + 0.05) / (Math.min(over, under) + 0.05)));
      return [style, changed, width, contrast];
    })), (error) => done(String(error)))";

#[tokio::test]
async fn marks_are_seen_and_the_words_under_them_are_read() -> Outcome {
    for dark in [false, true] {
        let page = Page::open(with_page(HOST), View { dark, ..View::LAPTOP }).await?;
        page.run(
            "article.annotate({ exact: '要求扎实做好', color: 'yellow' });
             article.annotate({ exact: '坚决做到', color: 'green' });
             article.annotate({ exact: '重大部署', color: 'blue' });
             article.annotate({ exact: '会议强调', color: 'pink' })",
            Vec::new(),
        )
        .await?;
        page.until("CSS.highlights.get('bianzhu-pink')?.size === 1").await?;
        // WebKit has crashed over any other order.
        let order = page.run("return [...CSS.highlights.values()].map((one) => one.priority)", Vec::new());
        let order = order.await?;
        assert!(
            order.as_array().is_some_and(|order| order.len() > 10 && order.is_sorted_by_key(Value::as_i64))
        );
        page.still(".bar").await?;
        let marked = page.driver().screenshot_as_png_base64().await?;
        let boxes = page
            .run(
                "const boxes = [...CSS.highlights].flatMap(([name, highlight]) => [...highlight].flatMap((range) => {
                   const { left, top, width, height, bottom } = range.getClientRects()[0];
                   // WebKit paints no highlight on words with reading aids.
                   const isBare = arguments[0] && range.startContainer.parentElement.closest('ruby');
                   return isBare || top < 4 || bottom > innerHeight - 60 ? [] :
                     [[name.slice(8), ...[left, top, width, height].map(Math.round)]];
                 }));
                 CSS.highlights.clear(); return boxes",
                vec![json!(page.engine() == Engine::WebKit)],
            )
            .await?;
        page.still(".bar").await?;
        let bare = page.driver().screenshot_as_png_base64().await?;
        let seen = page.driver().execute_async(SEEN, vec![json!([marked, bare]), boxes]).await?;
        let seen: Vec<(String, f64, f64, f64)> = seen.convert()?;
        for style in ["person", "role", "place", "meeting", "term", "yellow", "green", "blue", "pink"] {
            assert!(seen.iter().any(|(name, ..)| name == style), "{style} is not in view: {seen:?}");
        }
        for (style, changed, width, contrast) in seen {
            assert!(changed > width / 3.0, "{style} (dark: {dark}) changes {changed} pixels over {width}");
            assert!(contrast >= 4.5, "{style} (dark: {dark}) leaves its words a contrast of {contrast}");
        }
        page.leave().await?;
    }
    Ok(())
}
