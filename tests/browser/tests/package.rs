//! The package as others use it: from another origin, with hashes, by bundlers, and with its types.

use browser_tests::{Outcome, Page, Reply, Site, View, dist, root, site};
use serde_json::{Value, json};
use std::fs;
use std::net::TcpListener;
use std::path::PathBuf;
use std::process::Command;
use xtask::package::{Package, assemble};
use xtask::server::serve;
use xtask::tools;

/// Makes the package of the build at hand, in a folder of the test's own.
fn package(test: &str) -> Outcome<Package> {
    Ok(assemble(&dist(), &root().join("target/package-tests").join(test))?)
}

/// Serves a site at another origin; answers its address.
fn elsewhere(site: Site) -> Outcome<String> {
    let listener = TcpListener::bind(("127.0.0.1", 0))?;
    let address = format!("http://127.0.0.1:{}", listener.local_addr()?.port());
    std::thread::spawn(move || serve(&listener, site));
    Ok(address)
}

const SHARED: &str = "Access-Control-Allow-Origin: *";

/// The package's own snippet on a page, with the address of a server and of the demonstration's article.
fn page(package: &Package, server: &str) -> Outcome<Reply> {
    let snippet = fs::read_to_string(package.folder.join("snippet.html"))?;
    let snippet = snippet
        .replace("https://cdn.example", &format!("{server}/deep/down"))
        .replace("/articles/reform.txt", "/articles/xinzhou-reform.json");
    Ok(Reply::html(format!(
        "<!doctype html><html lang=zh-Hans><meta charset=utf-8><title>试</title>{snippet}"
    )))
}

/// The static folder at some depth of a server of its own.
fn cdn(package: &Package) -> Outcome<Site> {
    let name = package.folder.file_name().ok_or("a name")?.to_string_lossy().into_owned();
    let mut site = Site::new(root().join("target/package-tests/nowhere")).with_header(SHARED);
    for file in fs::read_dir(&package.folder)? {
        let file = file?.path();
        let kind = match file.extension().and_then(|ending| ending.to_str()) {
            Some("js") => "text/javascript",
            Some("wasm") => "application/wasm",
            _ => "text/plain; charset=utf-8",
        };
        let path = format!("/deep/down/{name}/{}", file.file_name().unwrap_or_default().to_string_lossy());
        site = site.with(&path, Reply::text(kind, fs::read(&file)?));
    }
    Ok(site)
}

#[tokio::test]
async fn the_folder_works_from_another_origin_and_is_checked() -> Outcome {
    let package = package("origin")?;
    let server = elsewhere(cdn(&package)?)?;
    let policy = format!(
        "Content-Security-Policy: default-src 'none'; script-src {server} 'wasm-unsafe-eval'; \
         style-src 'self'; connect-src 'self' {server}; require-trusted-types-for 'script'; trusted-types 'none'"
    );
    let site = site().with("/", page(&package, &server)?).with_header(&policy);
    let page = Page::open(site, View::LAPTOP).await?;
    page.click_mention("四个意识").await?;
    // The glossary's entries came along.
    page.inside(".card .definition").await?;
    let links = "return document.querySelectorAll('link[rel=modulepreload]').length";
    assert_eq!(page.run(links, Vec::new()).await?, 0, "the page's head is as it was");
    assert_eq!(page.seen().await?.violations(), [] as [Value; 0]);
    page.leave().await
}

#[tokio::test]
async fn files_that_are_not_as_published_do_not_run() -> Outcome {
    let package = package("changed")?;
    let name = package.folder.file_name().ok_or("a name")?.to_string_lossy().into_owned();
    for file in ["bianzhu-core.js", "bianzhu-core_bg.wasm"] {
        let kind = if file.ends_with("js") { "text/javascript" } else { "application/wasm" };
        let mut changed = fs::read(package.folder.join(file))?;
        // Another module all the same: a comment more, a custom section more.
        let more: &[u8] = if file.ends_with("js") { b"\nwindow.broken = true" } else { &[0, 2, 1, b'x'] };
        changed.extend_from_slice(more);
        // The first of two replies for a path counts.
        let server = Site::new("nowhere")
            .with_header(SHARED)
            .with(&format!("/deep/down/{name}/{file}"), Reply::text(kind, changed));
        let server = elsewhere(server.and(cdn(&package)?))?;
        let page = Page::visit(site().with("/", page(&package, &server)?), "/", View::LAPTOP).await?;
        assert!(page.ready().await.is_err(), "{file}");
        assert_eq!(page.seen().await?.events("error")[0]["code"], "core-unavailable", "{file}");
        assert_eq!(page.run("return window.broken ?? null", Vec::new()).await?, Value::Null, "{file}");
        page.leave().await?;
    }
    // The article is read without the later part; what needs it does nothing.
    let mut changed = fs::read(package.folder.join("bianzhu-core_later.wasm"))?;
    changed.extend_from_slice(&[0, 2, 1, b'x']);
    let server = Site::new("nowhere").with_header(SHARED);
    let path = format!("/deep/down/{name}/bianzhu-core_later.wasm");
    let server = elsewhere(server.with(&path, Reply::text("application/wasm", changed)).and(cdn(&package)?))?;
    let page = Page::visit(site().with("/", page(&package, &server)?), "/", View::LAPTOP).await?;
    page.ready().await?;
    assert_eq!(page.seen().await?.events("error")[0]["code"], "core-unavailable");
    let said = page.run("try { article.annotations() } catch ({ name }) { return name }", Vec::new()).await?;
    assert_eq!(said, "InvalidStateError");
    page.leave().await
}

#[test]
fn the_package_has_all_that_it_names() -> Outcome {
    let package = package("names")?;
    let manifest: Value = serde_json::from_str(&fs::read_to_string(package.npm.join("package.json"))?)?;
    for file in manifest["files"].as_array().ok_or("files")? {
        let file = package.npm.join(file.as_str().ok_or("a name")?);
        assert!(file.is_file(), "{}", file.display());
    }
    assert!(package.npm.join("README.md").is_file());
    let hashes: Value = serde_json::from_str(&fs::read_to_string(package.folder.join("integrity.json"))?)?;
    let hashes = hashes["files"].as_object().ok_or("hashes")?;
    assert_eq!(hashes.len(), 5);
    assert!(hashes.values().all(|hash| hash.as_str().is_some_and(|hash| hash.len() == 71)), "{hashes:?}");
    let loader = fs::read_to_string(package.folder.join("bianzhu.js"))?;
    assert!(loader.contains(hashes["bianzhu-core.js"].as_str().unwrap_or_default()));
    Ok(())
}

/// A folder with the package in its `node_modules`, as `npm install` leaves it.
fn project(test: &str, modules: &[PathBuf]) -> Outcome<PathBuf> {
    let package = package(test)?;
    let home = root().join("target/package-tests").join(test).join("project");
    if home.exists() {
        fs::remove_dir_all(&home)?;
    }
    let own = home.join("node_modules");
    fs::create_dir_all(own.join("@types"))?;
    fs::rename(&package.npm, own.join("bianzhu"))?;
    for module in modules {
        for name in ["@types/react", "react", "react-dom", "vue"] {
            if module.join(name).is_dir() {
                std::os::unix::fs::symlink(module.join(name), own.join(name))?;
            }
        }
    }
    Ok(home)
}

#[test]
fn a_server_that_renders_pages_can_import_it() -> Outcome {
    if xtask::run::on_path("node").is_none() {
        eprintln!("SKIPPED: node is not on PATH.");
        return Ok(());
    }
    let home = project("server", &[])?;
    let script = "await import('bianzhu'); process.stdout.write('fine')";
    let said =
        Command::new("node").args(["--input-type=module", "--eval", script]).current_dir(&home).output()?;
    assert_eq!(String::from_utf8_lossy(&said.stdout), "fine", "{}", String::from_utf8_lossy(&said.stderr));
    Ok(())
}

#[test]
fn the_types_fit_what_pages_write() -> Outcome {
    let Some(modules) = tools::npm_set(tools::TYPES)? else {
        eprintln!("SKIPPED: TypeScript comes from npm, which is not on PATH.");
        return Ok(());
    };
    let home = project("types", std::slice::from_ref(&modules))?;
    for file in fs::read_dir(root().join("tests/browser/types"))? {
        let file = file?.path();
        fs::copy(&file, home.join(file.file_name().ok_or("a name")?))?;
    }
    let said = Command::new(modules.join(".bin/tsc")).args(["--noEmit", "--project"]).arg(&home).output()?;
    assert!(said.status.success(), "{}", String::from_utf8_lossy(&said.stdout));
    Ok(())
}

#[tokio::test]
async fn a_bundler_takes_it_from_npm() -> Outcome {
    let home = project("bundle", &[])?;
    fs::write(home.join("app.js"), "import \"bianzhu\";\ndocument.title = \"bundled\";\n")?;
    let out = home.join("out");
    tools::bundle(&home.join("app.js"), &out.join("app.js"), &[])?;
    for file in ["bianzhu-core_bg.wasm", "bianzhu-core_later.wasm", "bianzhu-glossary.txt"] {
        fs::copy(home.join("node_modules/bianzhu").join(file), out.join(file))?;
    }
    let site = site()
        .with("/", Reply::html("<!doctype html><html lang=zh-Hans><meta charset=utf-8><script type=module src=assets/app.js></script><bianzhu-article src=articles/xinzhou-reform.json></bianzhu-article>"))
        .with("/assets/app.js", Reply::text("text/javascript", fs::read(out.join("app.js"))?))
        .with("/assets/bianzhu-core_bg.wasm", Reply::text("application/wasm", fs::read(out.join("bianzhu-core_bg.wasm"))?))
        .with("/assets/bianzhu-core_later.wasm", Reply::text("application/wasm", fs::read(out.join("bianzhu-core_later.wasm"))?))
        .with("/assets/bianzhu-glossary.txt", Reply::text("text/plain", fs::read(out.join("bianzhu-glossary.txt"))?));
    let page = Page::open(site, View::LAPTOP).await?;
    assert_eq!(page.run("return document.title", Vec::new()).await?, json!("bundled"));
    page.click_mention("四个意识").await?;
    page.inside(".card .definition").await?;
    page.leave().await
}
