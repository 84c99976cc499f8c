"""Makes the golden files of the embedded engine's tests: two tiny random Qwen2 models and what transformers computes with them.

Works on nothing but a seed; gives back, in the folder named on the command line,

    untied.gguf, tied.gguf            the models, F32, with one tokenizer
    untied.logits, tied.logits        little-endian float32, shape [len(token_ids), vocabulary]
    golden.json                       the text, its token ids, what each model writes next

Knows nothing about llama.cpp: the models run in transformers, only the files are written with the gguf package.

    pip install torch transformers tokenizers gguf numpy
    python make_golden.py ../resources/golden
"""

import json
import sys
from pathlib import Path

import gguf
import torch
from tokenizers import AddedToken, Regex, Tokenizer, decoders, models, pre_tokenizers, trainers
from transformers import Qwen2Config, Qwen2ForCausalLM

SEED = 20250446  # of forty tried: no step of the greedy text is nearly a tie
CONTROL_TOKENS = [
    "<pad>", "<｜begin▁of▁sentence｜>", "<｜end▁of▁sentence｜>", "<｜User｜>", "<｜Assistant｜>",
    "<think>", "</think>", "<answer>", "</answer>", "<bigmodel>", "</bigmodel>",
]
BEGIN, END = 1, 2
VOCABULARY = 290
TEXT = (
    "<｜begin▁of▁sentence｜><｜User｜>What's 12 times 34? It isn't naïve: 数学 🙂\n\n<｜Assistant｜><think>\n"
    "12*34 = <bigmodel>408</bigmodel>"
)
CORPUS = ["What is the sum of two numbers? The answer is the total, it isn't the product: 12 times 34 is 408."]
GREEDY_TOKENS = 12
# How llama.cpp's "qwen2" splits text before merging: https://huggingface.co/Qwen/Qwen2-0.5B tokenizer.json
SPLIT = r"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+"


def main(folder):
    folder.mkdir(parents=True, exist_ok=True)
    tokenizer = train_tokenizer()
    token_ids = tokenizer.encode(TEXT, add_special_tokens=False).ids
    golden = {"text": TEXT, "token_ids": token_ids, "vocabulary": VOCABULARY, "models": {}}
    for name, tied in (("untied", False), ("tied", True)):
        torch.manual_seed(SEED + tied)
        model = random_model(tied)
        write_gguf(folder / f"{name}.gguf", model, tokenizer)
        logits = compute_logits(model, token_ids)
        logits.numpy().astype("<f4").tofile(folder / f"{name}.logits")
        golden["models"][name] = continue_greedily(model, token_ids)
    (folder / "golden.json").write_text(json.dumps(golden, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def train_tokenizer():
    tokenizer = Tokenizer(models.BPE())
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence([
        pre_tokenizers.Split(Regex(SPLIT), "isolated"),
        pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=False),
    ])
    tokenizer.decoder = decoders.ByteLevel()
    tokenizer.train_from_iterator(CORPUS, trainers.BpeTrainer(
        vocab_size=VOCABULARY, special_tokens=CONTROL_TOKENS, show_progress=False,
        initial_alphabet=pre_tokenizers.ByteLevel.alphabet()))
    tokenizer.add_special_tokens([AddedToken(token, special=True, normalized=False) for token in CONTROL_TOKENS])
    assert tokenizer.get_vocab_size() == VOCABULARY
    return tokenizer


def random_model(tied):
    model = Qwen2ForCausalLM(Qwen2Config(
        vocab_size=VOCABULARY, hidden_size=48, intermediate_size=96, num_hidden_layers=2, num_attention_heads=6,
        num_key_value_heads=2, max_position_embeddings=256, rope_parameters={"rope_type": "default", "rope_theta": 10000.0},
        rms_norm_eps=1e-6, tie_word_embeddings=tied, bos_token_id=BEGIN, eos_token_id=END))
    # transformers' own start (deviation 0.02, biases 0, norms 1) would hide a bias or norm that is left out.
    with torch.no_grad():
        for name, weight in model.named_parameters():
            if name == "model.norm.weight":
                weight.normal_(0, 1)  # around 1, a tied model would repeat its last token
            elif name.endswith("norm.weight"):
                weight.normal_(1, 0.3)
            elif weight.dim() == 1:
                weight.normal_(0, 0.3)
            elif "embed_tokens" in name:
                weight.normal_(0, 0.5)
            else:
                weight.normal_(0, weight.shape[1] ** -0.5)
    return model.float().eval()


@torch.no_grad()
def compute_logits(model, token_ids):
    return model(torch.tensor([token_ids])).logits[0]


def continue_greedily(model, token_ids):
    """What the model writes next, and by how much its choice led at the closest of these steps."""
    ids, margin = list(token_ids), float("inf")
    for _ in range(GREEDY_TOKENS):
        best = compute_logits(model, ids)[-1].topk(2)
        margin = min(margin, float(best.values[0] - best.values[1]))
        ids.append(int(best.indices[0]))
    return {"greedy": ids[len(token_ids):], "smallest_margin": margin}


def write_gguf(path, model, tokenizer):
    config = model.config
    writer = gguf.GGUFWriter(path, "qwen2")
    writer.add_name(path.stem)
    writer.add_context_length(config.max_position_embeddings)
    writer.add_embedding_length(config.hidden_size)
    writer.add_block_count(config.num_hidden_layers)
    writer.add_feed_forward_length(config.intermediate_size)
    writer.add_head_count(config.num_attention_heads)
    writer.add_head_count_kv(config.num_key_value_heads)
    writer.add_layer_norm_rms_eps(config.rms_norm_eps)
    writer.add_rope_freq_base(config.rope_parameters["rope_theta"])
    writer.add_file_type(gguf.LlamaFileType.ALL_F32)

    merges = json.loads(tokenizer.to_str())["model"]["merges"]
    kinds = [gguf.TokenType.CONTROL if i < len(CONTROL_TOKENS) else gguf.TokenType.NORMAL for i in range(VOCABULARY)]
    writer.add_tokenizer_model("gpt2")
    writer.add_tokenizer_pre("qwen2")
    writer.add_token_list([tokenizer.id_to_token(i) for i in range(VOCABULARY)])
    writer.add_token_types(kinds)
    writer.add_token_merges([" ".join(pair) for pair in merges])
    writer.add_bos_token_id(BEGIN)
    writer.add_eos_token_id(END)
    writer.add_add_bos_token(False)

    names = gguf.get_tensor_name_map(gguf.MODEL_ARCH.QWEN2, config.num_hidden_layers)
    for name, weight in model.named_parameters():
        writer.add_tensor(names.get_name(name, try_suffixes=(".weight", ".bias")), weight.detach().numpy())
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
