//! A window of the toolkit with a line of text in its middle and nothing else: the floor that `benches/window.sh` measures the
//! program against.

fn main() -> eframe::Result {
    let options = eframe::NativeOptions {
        viewport: egui::ViewportBuilder::default().with_inner_size([1_280.0, 800.0]),
        renderer: eframe::Renderer::Glow,
        centered: true,
        ..eframe::NativeOptions::default()
    };
    eframe::run_ui_native("Empty", options, |ui, _frame| {
        egui::CentralPanel::default().show(ui, |ui| {
            ui.centered_and_justified(|ui| ui.heading("Nothing is in this window but this line."));
        });
    })
}
