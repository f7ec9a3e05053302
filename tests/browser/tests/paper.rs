//! The article on paper.

use browser_tests::thirtyfour::common::print::PrintParameters;
use browser_tests::{Engine, Outcome, Page, View, root, site};
use std::process::Command;

const NOTES: &str = "
    article.annotate({ exact: '李俊明作动员讲话', note: '书记讲话，市长主持。', tags: ['人物'] });
    article.annotate({ exact: '头绪多、任务重', note: '为什么忙？', color: 'green' });
    article.annotate({ exact: '任务重', color: 'pink' });
    article.annotate({ exact: '既要挂帅又要出征', note: '**军事**比喻：\\n\\n- 挂帅\\n- 出征', color: 'blue' });";

/// What a reader of the paper finds on it.
fn is_whole(paper: &[u8], name: &str) -> Outcome {
    assert!(paper.starts_with(b"%PDF"));
    // Not every engine packs them so that they can be counted.
    let leaves = String::from_utf8_lossy(paper).matches("/Type /Page\n").count();
    assert!(leaves == 0 || (2..=6).contains(&leaves), "{leaves} pages");
    let folder = root().join("target/paper");
    std::fs::create_dir_all(&folder)?;
    let file = folder.join(format!("{name}.pdf"));
    std::fs::write(&file, paper)?;
    // Where the tool is there.
    let Ok(said) = Command::new("pdftotext").arg("-layout").arg(&file).arg("-").output() else {
        return Ok(());
    };
    let said = String::from_utf8_lossy(&said.stdout);
    let sheets: Vec<&str> = said.trim_end_matches('\u{c}').split('\u{c}').collect();
    assert!((2..=6).contains(&sheets.len()), "{} pages", sheets.len());
    assert!(sheets.iter().all(|sheet| !sheet.trim().is_empty()), "a sheet is empty: {sheets:?}");
    let text: Vec<char> = said.chars().filter(|c| !c.is_whitespace()).collect();
    for words in ["忻州市召开全市机构改革动员大会", "附注", "书记讲话，市长主持。", "军事比喻：", "出征"]
    {
        assert!(says(&text, words), "{words} in {text:?}");
    }
    assert!(!says(&text, "编辑删除"), "no buttons: {text:?}");
    Ok(())
}

/// Whether a paper's text has some words. Firefox writes some characters as the radicals that look the same.
fn says(text: &[char], words: &str) -> bool {
    let words: Vec<char> = words.chars().collect();
    let is_same = |(one, two): (&char, &char)| one == two || ('\u{2e80}'..='\u{2fdf}').contains(one);
    text.windows(words.len()).any(|part| part.iter().zip(&words).all(is_same))
}

#[tokio::test]
async fn notes_are_numbered_and_stand_at_the_end() -> Outcome {
    for view in [View::LAPTOP, View { dark: true, ..View::PHONE }] {
        let page = Page::open(site(), view).await?;
        page.run(NOTES, Vec::new()).await?;
        let before =
            page.run("return document.querySelector('bianzhu-article').innerHTML", Vec::new()).await?;
        // WebKitGTK's driver prints nothing: there, only what would be printed is asked.
        let paper = if page.engine() == Engine::WebKit {
            None
        } else {
            Some(page.driver().print_page(PrintParameters::default()).await?)
        };

        // The same again, to be asked: what is printed is there while the page prints, and then no more.
        page.run("dispatchEvent(new Event('beforeprint'))", Vec::new()).await?;
        let printed = page
            .run(
                "const print = root.querySelector('.print');
                 return [print.querySelectorAll('article > :is(p:not(.source), h2, h3)').length ===
                     document.querySelectorAll('[data-block]').length,
                   [...print.querySelectorAll('mark, sup')].map((part) => part.textContent).join(' '),
                   [...print.querySelectorAll('.numbered li')].map((item) => item.textContent)]",
                Vec::new(),
            )
            .await?;
        assert_eq!(printed[0], true);
        assert_eq!(printed[1], "李俊明作动员讲话 1 头绪多、 任务重 2,3 既要挂帅又要出征 4");
        assert!(
            printed[2][1]
                .as_str()
                .is_some_and(|note| note.contains("头绪多、任务重") && note.contains("为什么忙"))
        );
        // A comment reads as it does on the screen.
        let marks = "root.querySelectorAll('.numbered :is(strong, ul li)').length === 3";
        page.until(marks).await?;
        page.run("dispatchEvent(new Event('afterprint'))", Vec::new()).await?;
        page.gone(".print").await?;
        let after =
            page.run("return document.querySelector('bianzhu-article').innerHTML", Vec::new()).await?;
        assert_eq!(after, before, "the page's own text is not touched");

        if let Some(paper) = paper {
            is_whole(&paper, &format!("{:?}-{}", page.engine(), view.width))?;
        }
        page.leave().await?;
    }
    Ok(())
}

#[tokio::test]
async fn markup_in_a_note_is_printed_as_text() -> Outcome {
    let page = Page::open(site(), View::LAPTOP).await?;
    page.run(
        "article.annotate({ exact: '岁末年初', note: '<img src=x onerror=alert(1)>', tags: ['<b>'] });
         dispatchEvent(new Event('beforeprint'))",
        Vec::new(),
    )
    .await?;
    page.until("root.querySelector('.numbered').textContent.includes('<img src=x onerror=alert(1)>')")
        .await?;
    page.gone(".print :is(img, b)").await?;
    page.leave().await
}
