//! Notes out and in, and between windows.

use browser_tests::{Outcome, Page, View, site};

#[tokio::test]
async fn an_export_comes_in_again_once() -> Outcome {
    let page = Page::open(site(), View::LAPTOP).await?;
    let answers = page
        .run(
            "article.annotate({ exact: '岁末年初', note: '年底', color: 'pink', tags: ['时间'] });
             const json = JSON.stringify(article.annotations());
             const again = article.importAnnotations(json);
             article.removeAnnotation(article.annotations().items[0].id);
             const fresh = article.importAnnotations(JSON.parse(json));
             const other = article.importAnnotations(
               json.replaceAll('岁末年初', '没有这句话').replaceAll(/urn:uuid:[^\"]*/g, 'urn:x:1')
                 .replaceAll(location.href, 'https://other.example/'));
             return [again, fresh, other]",
            Vec::new(),
        )
        .await?;
    assert_eq!(answers[0]["duplicate"], 1);
    assert_eq!((&answers[1]["imported"], &answers[1]["duplicate"]), (&1.into(), &0.into()));
    assert_eq!(answers[2]["failed"][0]["index"], 0);
    assert!(
        answers[2]["failed"][0]["reason"].as_str().is_some_and(|reason| reason.contains("other.example"))
    );
    page.until("root.querySelector('.note .comment')?.textContent === '年底'").await?;
    let refused = page
        .run("try { article.importAnnotations('[{'); return '' } catch (e) { return e.message }", Vec::new())
        .await?;
    assert!(refused.as_str().is_some_and(|refused| refused.contains("not JSON")), "{refused}");
    page.leave().await
}

#[tokio::test]
async fn a_file_is_chosen_and_read() -> Outcome {
    let page = Page::open(site(), View::LAPTOP).await?;
    let export = page
        .run(
            "const id = article.annotate({ exact: '岁末年初', note: '年底' });
             const json = JSON.stringify(article.annotations());
             article.removeAnnotation(id); return json",
            Vec::new(),
        )
        .await?;
    let file = std::env::temp_dir().join(format!("bianzhu-import-{}.json", std::process::id()));
    std::fs::write(&file, export.as_str().unwrap_or_default())?;
    page.click(".open-notes").await?;
    page.inside(".panel .import").await?;
    let field = page.inside(".panel input[type=file]").await?;
    field.send_keys(file.to_string_lossy()).await?;
    page.until("root.querySelector('.toast')?.textContent.includes('已导入')").await?;
    assert!(page.words(".note-rows").await?.contains("年底"));
    std::fs::remove_file(&file)?;
    page.leave().await
}

#[tokio::test]
async fn what_one_window_writes_another_shows() -> Outcome {
    let page = Page::open(site(), View::LAPTOP).await?;
    let first = page.driver().window().await?;
    let second = page.driver().new_tab().await?;
    page.driver().switch_to_window(second).await?;
    page.go("/").await?;
    page.ready().await?;
    page.run("article.annotate({ exact: '岁末年初', note: '另一扇窗' })", Vec::new()).await?;
    page.driver().switch_to_window(first).await?;
    page.until("root.querySelector('.note .comment')?.textContent === '另一扇窗'").await?;
    page.click(".note .delete").await?;
    page.gone(".note").await?;
    page.leave().await
}
