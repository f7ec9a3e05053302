
// The later part of the core, which calls the first part's functions and is called by the table.
const later_url = new URL("bianzhu-core_later.wasm", import.meta.url);
later_url.search = "STAMP";
const later_imports = () => {
    let at = LENT;
    return { ...__wbg_get_imports(), b: { get f() { return wasm.TABLE.get(at++); } }, "STAMP": wasm };
};
let later_integrity, later_coming, later_is_here;

// What it must be, where that is known.
export const check = (integrity) => {
    later_integrity = integrity;
};

export const bring = () =>
    (later_coming ??= (async () => {
        if (!later_is_here) await __wbg_load(await fetch(later_url, { integrity: later_integrity ?? "" }), later_imports());
        later_is_here = true;
    })().catch((error) => {
        later_coming = undefined; // The next approach tries again.
        throw error;
    }));

// There and then, where it cannot be waited for. Engines work hashes out in their own time: what is to be checked does
// not come this way.
const need_later = () => {
    if (later_is_here) return;
    try {
        if (later_integrity) throw new Error("it is not checked yet");
        const request = new XMLHttpRequest();
        request.open("GET", later_url, false);
        request.overrideMimeType("text/plain; charset=x-user-defined");
        request.send();
        const bytes = Uint8Array.from(request.responseText, (letter) => letter.charCodeAt(0));
        new WebAssembly.Instance(new WebAssembly.Module(bytes), later_imports());
        later_is_here = true;
    } catch (error) {
        // As a trap of the core, which the element knows.
        throw new WebAssembly.RuntimeError(`bianzhu-core_later.wasm cannot be had: ${error}`);
    }
};

export const bringNow = () => {
    try {
        need_later();
    } catch {
        return false;
    }
    return true;
};
