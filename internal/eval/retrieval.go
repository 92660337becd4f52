package eval

import (
	"context"
	"fmt"
	"math"
	"os"
	"slices"
	"strconv"
	"time"

	"antena/internal/understand/search"
)

// Article is one article to search in.
type Article struct {
	ID        string   `json:"id"`
	Language  string   `json:"language"`
	Title     string   `json:"title"`
	Questions []string `json:"questions"`
	Body      string   `json:"body"`
}

// Question is one question with the article that answers it; an empty article means that none does.
type Question struct {
	Text     string `json:"text"`
	Language string `json:"language"`
	Article  string `json:"article"`
}

// Articles reads articles from a file of JSON lines.
func Articles(path string) ([]Article, error) { return readFile[Article](path) }

// Questions reads questions from a file of JSON lines.
func Questions(path string) ([]Question, error) { return readFile[Question](path) }

func readFile[T any](path string) ([]T, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	all, err := readLines[T](f)
	if err != nil {
		return nil, fmt.Errorf("reading %s: %w", path, err)
	}
	if len(all) == 0 {
		return nil, fmt.Errorf("reading %s: nothing in it", path)
	}
	return all, nil
}

// RetrievalReport is how well questions find their article. Shares are between 0 and 1.
type RetrievalReport struct {
	Kind        Kind    `json:"kind"`
	Articles    int     `json:"articles"`
	Questions   int     `json:"questions"`
	Outside     int     `json:"outside"` // of the questions, how many no article answers
	Recall1     float64 `json:"recall1"`
	Recall3     float64 `json:"recall3"`
	Recall5     float64 `json:"recall5"`
	MRR         float64 `json:"mrr10"`      // mean reciprocal rank among the first ten
	NDCG        float64 `json:"ndcg10"`     // discounted gain among the first ten: 1 at the first place, 1/log2(place+1) further down
	AUROC       float64 `json:"auroc"`      // of the confidence, questions with an article against those without
	Coverage90  float64 `json:"coverage90"` // share of all questions that can be answered with 90 % of answers right
	Coverage95  float64 `json:"coverage95"`
	Calibration float64 `json:"calibration_error"`

	BuildTime time.Duration `json:"build_ns"`
	Median    time.Duration `json:"search_p50_ns"`
	P99       time.Duration `json:"search_p99_ns"`
	Memory    uint64        `json:"memory_bytes"`

	Items []Item `json:"items"`
}

// Passages cuts articles into what the index holds.
func Passages(articles []Article) []search.Passage {
	var all []search.Passage
	for _, a := range articles {
		add := func(kind search.Kind, n int, text string) {
			if text != "" {
				all = append(all, search.Passage{
					ID: a.ID + "/" + string(kind) + strconv.Itoa(n), ArticleID: a.ID, Language: a.Language, Kind: kind, Text: text,
				})
			}
		}
		add(search.Title, 0, a.Title)
		for i, q := range a.Questions {
			add(search.Question, i, q)
		}
		add(search.Body, 0, a.Body)
	}
	return all
}

// Retrieval indexes the articles and asks the questions.
func Retrieval(ctx context.Context, articles []Article, questions []Question, tell Progress) (RetrievalReport, error) {
	r := RetrievalReport{Kind: KindRetrieval, Articles: len(articles), Questions: len(questions)}
	passages := Passages(articles)
	tell.tell("indexing", 0, 1)
	before := heap()
	start := time.Now()
	index := search.NewIndex(passages)
	r.BuildTime = time.Since(start)
	r.Memory = growth(before)
	times := make([]time.Duration, 0, len(questions))
	var ranks []int
	var bets []bet
	var inside, outside []float64
	for i, q := range questions {
		if err := ctx.Err(); err != nil {
			return r, err
		}
		tell.tell("searching", i, len(questions))
		start := time.Now()
		hits := index.Search(search.Query{Text: q.Text, Language: q.Language, Limit: 10})
		times = append(times, time.Since(start))
		rank := slices.IndexFunc(hits, func(h search.Hit) bool { return h.ArticleID == q.Article })
		sure := 0.0
		if len(hits) > 0 {
			sure = hits[0].Confidence
		}
		bets = append(bets, bet{sure, rank == 0})
		r.Items = append(r.Items, found(&q, hits, sure))
		if q.Article == "" {
			outside = append(outside, sure)
			continue
		}
		inside = append(inside, sure)
		ranks = append(ranks, rank)
	}
	r.Outside = len(outside)
	r.Median, r.P99 = percentiles(times)
	r.AUROC, r.Calibration = auroc(inside, outside), calibrationError(bets)
	r.Coverage90, r.Coverage95 = coverage(bets, 0.90), coverage(bets, 0.95)
	r.rank(ranks)
	return r, nil
}

// found is a question with the article found first. A question without an answer is
// right when nothing is found with more confidence than doubt.
func found(q *Question, hits []search.Hit, sure float64) Item {
	item := Item{ID: q.Text, Language: q.Language, Want: q.Article, Confidence: sure}
	if len(hits) > 0 {
		item.Got = hits[0].ArticleID
	}
	if q.Article == "" && sure < 0.5 {
		item.Got = ""
	}
	item.Right = item.Got == q.Article
	return item
}

// rank counts in how many questions the article came first, among three, among five; -1 is not found.
func (r *RetrievalReport) rank(ranks []int) {
	var first, three, five int
	for _, rank := range ranks {
		if rank < 0 {
			continue
		}
		r.MRR += 1 / float64(rank+1) / float64(len(ranks))
		r.NDCG += 1 / math.Log2(float64(rank+2)) / float64(len(ranks))
		if rank == 0 {
			first++
		}
		if rank < 3 {
			three++
		}
		if rank < 5 {
			five++
		}
	}
	r.Recall1, r.Recall3, r.Recall5 = ratio(first, len(ranks)), ratio(three, len(ranks)), ratio(five, len(ranks))
}
